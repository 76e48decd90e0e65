/* SPDX-License-Identifier: GPL-2.0 */
/*
 * For the suite of errors: rows, each a function that is called wrongly, and the table of what the
 * rows of a whole suite have to show.
 */
#ifndef SUITES_TAPI_ERROR_ROWS_H
#define SUITES_TAPI_ERROR_ROWS_H

#include "client.h"

/* A row: the function, how it is called, what it answers. */
#define ROW(_function, _how, _error, ...) \
	error_row(#_function, (_how), LINEERR_ ## _error, _function(__VA_ARGS__), __FILE__, \
		  __LINE__)

/* The same of assisted telephony, whose errors are others. */
#define REQUEST_ROW(_function, _how, _error, ...) \
	error_row(#_function, (_how), TAPIERR_ ## _error, _function(__VA_ARGS__), __FILE__, \
		  __LINE__)

/* The same, of an answer that is looked at later. */
void error_row(const char *function, const char *how, LONG wanted, LONG result, const char *file,
	       int line);
/* How many errors of the table no row has shown so far; says which. */
unsigned int error_rows_missing(void);

#endif /* SUITES_TAPI_ERROR_ROWS_H */
