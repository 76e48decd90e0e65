/* SPDX-License-Identifier: GPL-2.0 */
/*
 * For suites about programs: run them, and read what they say.
 */
#ifndef SUITES_PROGRAM_H
#define SUITES_PROGRAM_H

#include "fixture.h"

#define OUTPUT_MAX	262144
#define ERRORS_MAX	16384

/* What the program that was run last has written. */
extern char out[OUTPUT_MAX], err[ERRORS_MAX];

/* Runs a line of shell; its exit status, with what it wrote in out and err. */
int run(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Runs condisctl with these words, without a shell, which takes longer than condisctl. */
int run_words(const char *words);
/* A line of shell that ends with 0. */
void succeed(const char *command);
/* condisctl says one line that has @what in it, and nothing else, and ends with this status. */
void refuse(const char *words, int status, const char *what);

/* The text of a file, as much as fits. */
void slurp(const char *path, char *text, size_t size);
/* Writes a file. */
void put(const char *path, const char *text);
unsigned int lines_of(const char *text);
/* One document of JSON, or one on each line. */
void is_json(const char *text, const char *command);
/* These stand in the text in this order; NULL at the end. */
void has_in_order(const char *text, const char *const *words);

/* The messages of calls, to be written 0 or 1; below a directory of tracefs. */
#define MESSAGE_EVENT	"/events/condis/condis_message/enable"
#define MESSAGES	"/sys/kernel/tracing" MESSAGE_EVENT

#endif /* SUITES_PROGRAM_H */
