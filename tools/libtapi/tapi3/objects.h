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

unsigned int tapi3_objects(enum tapi3_kind kind);
void tapi3_report(int fd);

#ifdef __cplusplus
}
#endif

#endif /* TAPI3_OBJECTS_H */
