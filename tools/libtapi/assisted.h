/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What assisted telephony, priorities, locations and countries have among themselves.
 *
 * The files of the user's are small, and read anew for each call: whoever edits one is heard
 * without being asked, and nothing has to be kept consistent in memory.
 */
#ifndef LIBTAPI_ASSISTED_H
#define LIBTAPI_ASSISTED_H

#include <limits.h>
#include <string.h>
#include <systemd/sd-bus.h>

#include "internal.h"

#ifndef ARRAY_SIZE
#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#endif

/*
 * A settings file of the user's (config.c): lines of text, "[section]", "# comment" or an entry.
 */

/* Longest line, with the end of the string; longest file. */
#define CONFIG_LINE_SIZE	512
#define CONFIG_FILE_MAX		65536

/**
 * struct config - a settings file, as it was read
 * @lines: as they are in the file, without their ends
 * @count: of them
 */
struct config {
	char **lines;
	size_t count;
};

enum config_kind {
	CONFIG_NOTHING,
	CONFIG_SECTION,
	CONFIG_ENTRY,
};

/* $XDG_CONFIG_HOME/condis/NAME; no such file is an empty one. To be freed, also after an error. */
LONG config_read(const char *name, struct config *config);
/* In one step: who reads sees the old file or the new one. */
LONG config_write(const char *name, const struct config *config);
/* One writer at a time, from its reading to its writing; -1: no lock, which need not be ended. */
int config_lock(const char *name);
void config_unlock(int lock);
/* A line before the one at @index. */
LONG config_insert(struct config *config, size_t index, const char *line);
void config_remove(struct config *config, size_t index);
void config_free(struct config *config);
/* What a line says, without what is around it: the section's name, or the entry. */
enum config_kind config_line(const char *line, char text[CONFIG_LINE_SIZE]);

/* Where it is known that it has room. */
static inline void text_copy(char *out, const char *text)
{
	memcpy(out, text, strlen(text) + 1);
}

/* At most @room bytes with the end, and no character in part. */
void text_truncate(char *out, const char *text, size_t room);
/* The same in UTF-16. */
void wide_truncate(WCHAR *out, const char *text, size_t room);

/*
 * Countries (country_table.c, country.c)
 */

/**
 * struct country - how one dials in a country, and to it
 * @id: TAPI's number of it: the code, of one country of those that share it
 * @code: ITU-T E.164 country code
 * @name: UTF-8
 * @international: dialled before a country code, NULL: not known; W waits for a dial tone
 * @national: dialled before an area code, NULL: nothing
 * @is_closed: numbers are dialled whole also within their area
 */
struct country {
	unsigned short id;
	unsigned short code;
	const char *name;
	const char *international;
	const char *national;
	bool is_closed;
};

extern const struct country countries[];
extern const size_t num_countries;

/* By TAPI's number, or NULL. */
const struct country *country_find(DWORD id);
/* Of that code: the one that has its number. NULL: none, or nobody can call from there. */
const struct country *country_by_code(DWORD code);

/* The longest rule, with the end. */
#define RULE_SIZE		64

/**
 * struct rules - how to dial: digits, E country code, F area code, G number, H card's number, and
 *	what a dialable address may have besides
 * @same_area: within the area
 * @long_distance: to another area of the country
 * @international: to another country
 */
struct rules {
	char same_area[RULE_SIZE];
	char long_distance[RULE_SIZE];
	char international[RULE_SIZE];
};

/* Of a country, or (NULL) of nowhere: numbers in full, with a plus sign. */
void country_rules(const struct country *country, struct rules *rules);

/*
 * Where the user is (location.c)
 */

#define LOCATIONS_MAX		64
#define CARDS_MAX		64
#define LOCATION_NAME_SIZE	80
#define AREA_SIZE		8
#define ACCESS_SIZE		32
#define CARD_NUMBER_SIZE	48
#define TOLL_PREFIXES_SIZE	400

/**
 * struct location - a place to dial from
 * @id: its number in the file; the one that is assumed without a file is 0
 * @name: UTF-8
 * @country: NULL: not known
 * @area: digits, may be empty
 * @local_access: dialled before all else for a call within the area
 * @long_distance_access: likewise for others
 * @cancel_call_waiting: dialled before that, when asked for
 * @toll_prefixes: 0-9 and commas: numbers of the area that are dialled like those of another one
 * @card: calling card that is used, 0: none
 * @is_pulse: dials with pulses
 */
struct location {
	DWORD id;
	char name[LOCATION_NAME_SIZE];
	const struct country *country;
	char area[AREA_SIZE];
	char local_access[ACCESS_SIZE];
	char long_distance_access[ACCESS_SIZE];
	char cancel_call_waiting[ACCESS_SIZE];
	char toll_prefixes[TOLL_PREFIXES_SIZE];
	DWORD card;
	bool is_pulse;
};

/**
 * struct card - a calling card
 * @id: its number in the file, not 0
 * @name: UTF-8
 * @number: digits, not shown to anybody
 * @rules: an empty one: as without a card
 * @is_hidden: not in the list
 */
struct card {
	DWORD id;
	char name[LOCATION_NAME_SIZE];
	char number[CARD_NUMBER_SIZE];
	struct rules rules;
	bool is_hidden;
};

/**
 * struct locations - the file of locations
 * @is_assumed: there is none in the file: @locations has the one that is assumed
 * @current: index of the current location
 * @locations: at least one
 * @num_locations: of them
 * @cards: beside the one that is none
 * @num_cards: of them
 */
struct locations {
	bool is_assumed;
	size_t current;
	struct location locations[LOCATIONS_MAX];
	size_t num_locations;
	struct card cards[CARDS_MAX];
	size_t num_cards;
};

/* What the file says; *@locations is to be freed by free(). LINEERR_INIFILECORRUPT: nonsense. */
LONG locations_read(struct locations **locations);
/* By its number, or NULL. */
const struct card *card_find(const struct locations *locations, DWORD id);
/* What a change answers who finds all as it should be. */
#define CHANGES_NOTHING 1

typedef LONG location_change(struct config *config, const struct locations *locations,
			     const void *data);
/* The file is read under the lock of its writers, changed, and written. */
LONG locations_change(location_change *change, const void *data);
/*
 * An entry of a section (NULL: before the first one) gets a value: in its line, or in a new one at
 * the section's beginning.
 */
LONG locations_set(struct config *config, const char *section, const char *key, const char *value);

/* Toll prefixes (toll.c): of numbers within the area that are dialled like those of another one. */
bool country_has_toll_lists(const struct country *country);
bool toll_list_has(const char *prefixes, const char *digits);

/*
 * Translation (canonical.c, translate.c)
 */

/* Longest address that is translated, with its end; longest outcome. */
#define ADDRESS_SIZE		256
#define DIALABLE_SIZE		768

/**
 * struct canonical - an address taken apart: +CC (AREA) NUMBER | subaddress ^ name
 * @is_canonical: it has that form; else only @rest and @number are set
 * @country: country code
 * @area: digits
 * @number: as it was written; of an address that is not canonical, all before @rest
 * @digits: of it
 * @rest: "|..." and "^..." as they were written
 */
struct canonical {
	bool is_canonical;
	DWORD country;
	char area[ADDRESS_SIZE];
	char number[ADDRESS_SIZE];
	char digits[ADDRESS_SIZE];
	char rest[ADDRESS_SIZE];
};

/* Of several addresses the first. 0 or LINEERR_INVALADDRESS. */
LONG canonical_parse(const char *address, struct canonical *canonical);

/**
 * struct translation - what lineTranslateAddress() answers
 * @dialable: to lineMakeCall()
 * @displayable: to the user
 * @current_country: code, 0: not known
 * @destination_country: code, 0: the address was not canonical
 * @results: LINETRANSLATERESULT_*
 */
struct translation {
	char dialable[DIALABLE_SIZE];
	char displayable[DIALABLE_SIZE];
	DWORD current_country;
	DWORD destination_country;
	DWORD results;
};

LONG translate(const struct locations *locations, const char *address, DWORD card, DWORD options,
	       struct translation *translation);

/* The versions that functions without a device take: those of 3.x programs also. */
LONG translation_version(DWORD version);
/* An application's handle, or none: 0, or the error of a wrong one; and of its device. */
LONG application_or_none(HLINEAPP handle);
LONG application_and_device(HLINEAPP handle, DWORD id);

/*
 * Requests of assisted telephony (spool.c): they wait in a folder of the session's. The bus
 * cannot say how many wait without an answer of the recipient's, who may be asleep; and who takes
 * one may be another than was told of it.
 */

/* That many may wait. */
#define SPOOL_MAX		64

/**
 * struct spool_request - a call that is asked for; UTF-8 of up to as many characters as published
 */
struct spool_request {
	char address[TAPIMAXDESTADDRESSSIZE * 3];
	char application[TAPIMAXAPPNAMESIZE * 3];
	char party[TAPIMAXCALLEDPARTYSIZE * 3];
	char comment[TAPIMAXCOMMENTSIZE * 3];
};

/* A name in the spool. */
#define SPOOL_NAME_SIZE		64

/* The folder of the session that has this bus. -1: errno. */
int spool_open(const char *bus_id);
/* Behind all that wait: its name is in @name. -1: errno, EDQUOT if too many wait. */
int spool_put(int spool, const struct spool_request *request, char name[SPOOL_NAME_SIZE]);
/*
 * Take the first one: it is nobody else's. -1: errno, ENOENT if nothing waits; EMFILE, ENFILE or
 * ENOMEM: it waits still.
 */
int spool_take(int spool, struct spool_request *request);
/* Take that one away: false if somebody has it. */
bool spool_remove(int spool, const char *name);
/* The names of those that wait, in their order, and how many. -1: errno. */
int spool_list(int spool, char names[SPOOL_MAX][SPOOL_NAME_SIZE]);
/* Whose connection this is, by the program's file name, for other recipients; NULL: nobody's. */
void spool_register(int spool, const char *unique_name, const char *module);
bool spool_registered(int spool, const char *unique_name, char module[NAME_MAX + 1]);
/* Call @is_there for each connection that is registered, and forget those that are not there. */
void spool_forget_gone(int spool, bool (*is_there)(const char *unique_name, void *data),
		       void *data);

/*
 * The session's bus (bus.c)
 */

#define BUS_NAME		"org.condis.Tapi"
#define BUS_PATH		"/org/condis/Tapi"
#define BUS_INTERFACE		"org.condis.Tapi"

/* The bus's word for the session, 32 hexadecimal digits, with the end. */
#define BUS_ID_SIZE		33

/**
 * struct bus - a connection to the session's bus
 * @connection: NULL: none
 * @fd: its descriptor
 * @deadline: until then answers are waited for, all together: who calls the library waits once
 */
struct bus {
	sd_bus *connection;
	int fd;
	uint64_t deadline;
};

/* How long a function that may wait for the bus does so. */
#define BUS_PATIENCE_US		5000000ULL

/* A connection of its own, usable when this returns; 0 or -errno, and there is none. */
int bus_open(struct bus *bus);
/* If there is one. */
void bus_close(struct bus *bus);
/* Another function of the library begins that may wait; bus_open() does so by itself. */
void bus_be_patient(struct bus *bus);
/* Wait until something comes, and see to it: 0 or -errno, -ETIMEDOUT after the deadline. */
int bus_wait(struct bus *bus);
int bus_session(struct bus *bus, char id[BUS_ID_SIZE]);
/* 1, 0, or -errno: not known. */
int bus_has_owner(struct bus *bus, const char *name);
/* Ask the bus itself, and do not wait: @handler gets the answer. 0 or -errno. */
int bus_ask(struct bus *bus, sd_bus_slot **slot, sd_bus_message_handler_t handler, void *data,
	    const char *member, const char *types, ...);
/*
 * Ask the bus itself, and wait for the answer (@reply may be NULL): 0 or -errno, -ETIMEDOUT after
 * @patience_us, or the deadline. What else comes meanwhile goes to the connection's filters.
 */
int bus_call_within(struct bus *bus, uint64_t patience_us, const char *member,
		    sd_bus_message **reply, const char *types, ...);
#define bus_call(bus, ...)	bus_call_within(bus, BUS_PATIENCE_US, __VA_ARGS__)

/* The user changed who is asked first: the recipients of the session see who it is now. */
void recipients_reconsider(void);

#endif /* LIBTAPI_ASSISTED_H */
