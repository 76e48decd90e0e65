/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Not of the published interface: which objects of this library live, for tests and for who looks
 * for the one that is not released.
 */
#ifndef TAPI3_OBJECTS_H
#define TAPI3_OBJECTS_H

/* What objects there are. */
enum tapi3_kind {
	TAPI3_TAPI,
	TAPI3_ADDRESS,
	TAPI3_CALL,
	TAPI3_CALL_HUB,
	TAPI3_EVENT,
	TAPI3_ENUMERATOR,
	TAPI3_COLLECTION,
	TAPI3_CONNECTION_POINT,
	TAPI3_REQUEST,
	TAPI3_KINDS,
};

#ifdef __cplusplus
extern "C" {
#endif

/**
 * tapi3_objects() - how many objects of TAPI 3 live in this process
 * @kind: of which kind, TAPI3_TAPI to TAPI3_REQUEST; TAPI3_KINDS: all
 *
 * Not of the published interface: for tests, and for who looks for the object that is not released.
 *
 * Return: how many
 */
unsigned int tapi3_objects(enum tapi3_kind kind);

/**
 * tapi3_report() - write which objects of TAPI 3 live in this process
 * @fd: descriptor to write to
 *
 * One line for each: its kind, its address, how many references there are; nothing if there is no
 * object. Not of the published interface.
 *
 * The report is written by itself at each ITTAPI::Shutdown(), of what belongs to that TAPI object,
 * but not of itself, on the standard error output; after a Shutdown() in an Event(), when that has
 * returned. With TAPI3_TRACE_OBJECTS in the environment when the first object is made, the call
 * stack that made it follows each, and the report is written once more when the program ends, of
 * all objects that live then, but not of those that a child of fork() has of its parent. The value
 * says where to: a number is a descriptor, what has a slash in it a file that is added to, anything
 * else the standard error output.
 */
void tapi3_report(int fd);

#ifdef __cplusplus
}
#endif

#endif /* TAPI3_OBJECTS_H */
