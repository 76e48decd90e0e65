/* SPDX-License-Identifier: GPL-2.0 */
/*
 * For the suites tapi3_*: the functions of tapi.h that the objects of TAPI 3 are built of,
 * without a kernel. Two line devices of one address each, in this process, which can call each
 * other, and a switch for each way in which a real one can be awkward.
 *
 * A number is a device's, "100" or "200"; or
 *	"busy"		reply, then DISCONNECTED with BUSY
 *	"ringing"	reply, then nothing
 *	"silent"	no reply
 *	"ended"		reply, then DISCONNECTED as fake_end_calls() has it
 *	"wrong"		an error as the reply, that of fake_fail_calls()
 *	"refused"	an error of lineMakeCall() itself
 *
 * All programs are called "program".
 */
#ifndef SUITES_TAPI3_FAKE_H
#define SUITES_TAPI3_FAKE_H

#include <stdbool.h>
#include <tapi3.h>

#define FAKE_DEVICES 2
#define FAKE_MEDIA_MODES \
	(LINEMEDIAMODE_UNKNOWN | LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_AUTOMATEDVOICE | \
	 LINEMEDIAMODE_DATAMODEM | LINEMEDIAMODE_DIGITALDATA)

/**
 * struct fake_counts - what there is
 * @apps: between lineInitializeEx() and lineShutdown()
 * @lines: open
 * @calls: handles
 */
struct fake_counts {
	unsigned int apps;
	unsigned int lines;
	unsigned int calls;
};

struct fake_counts fake_counts(void);
/* lineDrop() is answered, and LINECALLSTATE_IDLE does not come until this is called with false. */
void fake_hold_idle(bool is_held);
/*
 * lineInitializeEx() and lineDrop() do not return until this is called with false; and how many are
 * in them. So whoever calls them has the locks that are held meanwhile.
 */
void fake_hold(bool is_wanted);
unsigned int fake_held(void);
/* The next lineInitializeEx() fails so. */
void fake_fail_initialize(LONG error);
/* The reply of the next lineDrop() is that, and it drops nothing. */
void fake_fail_drop(LONG error);
/* Calls of lineDrop() that dropped something, since the beginning. */
unsigned int fake_drops(void);
/* All lines of a device are closed from below; and it goes, and comes again. */
void fake_close_lines(DWORD device);
/* The same, and what was told of them before can still be read. */
void fake_bury_lines(DWORD device);
void fake_remove(DWORD device);
void fake_create(DWORD device);
/* LINEDEVSTATE_* to all lines of a device. */
void fake_line_state(DWORD device, DWORD state);
/* REINIT to all. */
void fake_reinit(void);
/* So many requests of assisted telephony. */
void fake_request(unsigned int count);
/* The next lineGetRequest() fails so. */
void fake_fail_request(LONG error);
/* A call to the owner of a device from nowhere. */
void fake_ring(DWORD device);
/* The same, and its first state does not come. */
void fake_announce(DWORD device);
/* A call that is connected, to the newest line that monitors a device. */
void fake_show(DWORD device);
/* How "ended" ends, LINEDISCONNECTMODE_*; and what the reply to "wrong" is. */
void fake_end_calls(DWORD mode);
void fake_fail_calls(LONG error);
/*
 * What lineSetAppPriority() was asked for since this was called last: for each time the first
 * character of the file's name, the media modes, the request mode and the priority, "p 0x8 0 1;".
 */
void fake_take_priorities(char text[256]);
/* The far end of the newest call of a device hangs up. */
void fake_hang_up(DWORD device);

#endif /* SUITES_TAPI3_FAKE_H */
