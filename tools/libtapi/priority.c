// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Which program is asked first: tapi-priorities(5), a list of programs for each media mode, and
 * one for requests to make a call.
 *
 * The file is what counts. The kernel has a copy of what concerns the sessions that there are,
 * the higher number first; recipients of requests look into the file themselves, when they hear
 * that it changed.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "assisted.h"

#define FILE_NAME "tapi-priorities"

/* The kernel's number of the first of a list; who is in no list has 0. */
#define KERNEL_FIRST	0x7fffffffU

#define MEDIA_MODES	0x0000fffeU

static const struct {
	const char *name;
	DWORD media_mode;
	DWORD request_mode;
} lists[] = {
	{ "makecall", 0, LINEREQUESTMODE_MAKECALL },
	{ "unknown", LINEMEDIAMODE_UNKNOWN, 0 },
	{ "interactivevoice", LINEMEDIAMODE_INTERACTIVEVOICE, 0 },
	{ "automatedvoice", LINEMEDIAMODE_AUTOMATEDVOICE, 0 },
	{ "datamodem", LINEMEDIAMODE_DATAMODEM, 0 },
	{ "g3fax", LINEMEDIAMODE_G3FAX, 0 },
	{ "tdd", LINEMEDIAMODE_TDD, 0 },
	{ "g4fax", LINEMEDIAMODE_G4FAX, 0 },
	{ "digitaldata", LINEMEDIAMODE_DIGITALDATA, 0 },
	{ "teletex", LINEMEDIAMODE_TELETEX, 0 },
	{ "videotex", LINEMEDIAMODE_VIDEOTEX, 0 },
	{ "telex", LINEMEDIAMODE_TELEX, 0 },
	{ "mixed", LINEMEDIAMODE_MIXED, 0 },
	{ "adsi", LINEMEDIAMODE_ADSI, 0 },
	{ "voiceview", LINEMEDIAMODE_VOICEVIEW, 0 },
	{ "video", LINEMEDIAMODE_VIDEO, 0 },
};

/* Where a list is in the file: entries from @begin on, up to the next section. */
struct place {
	bool is_there;
	size_t begin;
};

/* File name of a program, without its folder. */
static bool module_is_good(const char *module)
{
	return *module && strlen(module) <= NAME_MAX && !strchr(module, '/') &&
	       *module != '#' && *module != '[' && *module != ' ' &&
	       module[strlen(module) - 1] != ' ' && text_is_displayable(module);
}

static bool file_is_good(const struct config *config)
{
	char text[CONFIG_LINE_SIZE];
	bool is_inside = false;
	size_t i, j;

	for (i = 0; i < config->count; i++) {
		enum config_kind kind = config_line(config->lines[i], text);

		if (kind == CONFIG_ENTRY && (!is_inside || !module_is_good(text)))
			return false;
		if (kind != CONFIG_SECTION)
			continue;
		for (j = 0; j < ARRAY_SIZE(lists) && strcmp(text, lists[j].name); j++)
			;
		if (j == ARRAY_SIZE(lists))
			return false;
		is_inside = true;
	}
	return true;
}

static LONG read_priorities(struct config *config)
{
	LONG result = config_read(FILE_NAME, config);

	if (!result && !file_is_good(config))
		result = LINEERR_INIFILECORRUPT;
	return result;
}

static struct place find_list(const struct config *config, const char *name)
{
	struct place place = { false, 0 };
	char text[CONFIG_LINE_SIZE];

	while (!place.is_there && place.begin < config->count) {
		place.is_there = config_line(config->lines[place.begin], text) == CONFIG_SECTION &&
				 !strcmp(text, name);
		place.begin++;
	}
	return place;
}

/* The line of a program in a list, and its place among the others (from 1); 0: it is not there. */
static DWORD find_module(const struct config *config, const char *list, const char *module,
			 size_t *line)
{
	struct place place = find_list(config, list);
	char text[CONFIG_LINE_SIZE];
	DWORD position = 0;
	size_t i;

	for (i = place.begin; place.is_there && i < config->count; i++) {
		enum config_kind kind = config_line(config->lines[i], text);

		if (kind == CONFIG_SECTION)
			break;
		if (kind != CONFIG_ENTRY)
			continue;
		position++;
		if (!strcmp(text, module)) {
			*line = i;
			return position;
		}
	}
	return 0;
}

static DWORD position_in(const struct config *config, const char *module, size_t list)
{
	size_t line;

	return find_module(config, lists[list].name, module, &line);
}

DWORD priority_of(const char *module, DWORD media_mode, DWORD request_mode)
{
	struct config config;
	DWORD position = 0;
	size_t i;

	if (!read_priorities(&config))
		for (i = 0; i < ARRAY_SIZE(lists) && !position; i++)
			if (media_mode ? lists[i].media_mode == media_mode :
					 lists[i].request_mode == request_mode)
				position = position_in(&config, module, i);
	config_free(&config);
	return position;
}

/* Out of the list, wherever it is, and (@is_first) to its top. */
static LONG set_module(struct config *config, const char *list, const char *module, bool is_first)
{
	char header[32];
	struct place place;
	LONG result = 0;
	size_t line;

	while (find_module(config, list, module, &line))
		config_remove(config, line);
	if (!is_first)
		return 0;
	place = find_list(config, list);
	if (!place.is_there) {
		snprintf(header, sizeof(header), "[%s]", list);
		place.begin = config->count + 1;
		result = config_insert(config, config->count, header);
	}
	return result ? result : config_insert(config, place.begin, module);
}

/*
 * The kernel's priority of sessions with that name (NULL: of this one). That there is no such
 * session now is no error; each asks for its own when it begins.
 */
static void tell_kernel(int file, const char *name, DWORD media_mode, DWORD position)
{
	struct ndproxy_priority priority = { .media_modes = media_mode };

	/* As much of it as a session has been named by. */
	if (name)
		text_truncate(priority.name, name, sizeof(priority.name));
	priority.priority = position ? KERNEL_FIRST - position : 0;
	ioctl(file, NDPROXY_SET_PRIORITY, &priority);
}

/* All programs of a list: who is put before them moves them. */
static void tell_kernel_list(int file, const struct config *config, size_t list)
{
	struct place place = find_list(config, lists[list].name);
	char text[CONFIG_LINE_SIZE];
	DWORD position = 0;
	size_t i;

	for (i = place.begin; place.is_there && i < config->count; i++) {
		enum config_kind kind = config_line(config->lines[i], text);

		if (kind == CONFIG_SECTION)
			break;
		if (kind == CONFIG_ENTRY)
			tell_kernel(file, text, lists[list].media_mode, ++position);
	}
}

void priorities_apply(struct app *app)
{
	struct config config;
	size_t i;

	if (!read_priorities(&config))
		for (i = 0; i < ARRAY_SIZE(lists); i++) {
			DWORD position = position_in(&config, app->module, i);

			if (position && lists[i].media_mode)
				tell_kernel(app->fd, NULL, lists[i].media_mode, position);
		}
	config_free(&config);
}

static bool is_chosen(size_t list, DWORD media_modes)
{
	return media_modes ? (lists[list].media_mode & media_modes) != 0 :
			     lists[list].request_mode != 0;
}

/* Of the sessions that run: they are other programs', so this is a session of its own. */
static void tell_sessions(const struct config *config, const char *module, DWORD media_modes,
			  bool is_removed)
{
	size_t i;
	int file;

	file = open("/dev/ndproxy", O_RDWR | O_CLOEXEC | O_NONBLOCK);
	if (file < 0)
		return;
	for (i = 0; i < ARRAY_SIZE(lists); i++) {
		if (!is_chosen(i, media_modes))
			continue;
		if (is_removed)
			tell_kernel(file, module, lists[i].media_mode, 0);
		tell_kernel_list(file, config, i);
	}
	close(file);
}

static LONG change(struct config *config, const char *module, DWORD media_modes, bool is_first)
{
	LONG result = 0;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(lists) && !result; i++)
		if (is_chosen(i, media_modes))
			result = set_module(config, lists[i].name, module, is_first);
	return result ? result : config_write(FILE_NAME, config);
}

static LONG set_priority(const char *module, DWORD media_modes, DWORD request_mode, DWORD priority)
{
	struct config config;
	LONG result;
	int lock;

	if (!module_is_good(module))
		return LINEERR_INVALAPPNAME;
	if (media_modes & ~MEDIA_MODES)
		return LINEERR_INVALMEDIAMODE;
	if (!media_modes && request_mode != LINEREQUESTMODE_MAKECALL)
		return LINEERR_INVALREQUESTMODE;
	if (priority > 1)
		return LINEERR_INVALPARAM;
	lock = config_lock(FILE_NAME);
	if (lock < 0)
		return LINEERR_OPERATIONFAILED;
	result = read_priorities(&config);
	if (!result)
		result = change(&config, module, media_modes, priority);
	if (!result && media_modes)
		tell_sessions(&config, module, media_modes, !priority);
	config_free(&config);
	config_unlock(lock);
	if (!result && !media_modes)
		recipients_reconsider();
	return result;
}

TAPI_EXPORT LONG lineSetAppPriorityA(LPCSTR module, DWORD media_modes,
				     LPLINEEXTENSIONID extension, DWORD request_mode,
				     LPCSTR extension_name, DWORD priority)
{
	(void)extension;
	(void)extension_name;
	if (!module)
		return LINEERR_INVALPOINTER;
	return set_priority(module, media_modes, request_mode, priority);
}

TAPI_EXPORT LONG lineSetAppPriorityW(LPCWSTR module, DWORD media_modes,
				     LPLINEEXTENSIONID extension, DWORD request_mode,
				     LPCWSTR extension_name, DWORD priority)
{
	char *text;
	LONG result;

	(void)extension;
	(void)extension_name;
	if (!module)
		return LINEERR_INVALPOINTER;
	text = text_from_wide(module);
	if (!text)
		return errno == EILSEQ ? LINEERR_INVALAPPNAME : LINEERR_NOMEM;
	result = set_priority(text, media_modes, request_mode, priority);
	free(text);
	return result;
}

TAPI_EXPORT LONG lineSetAppPriority(LPCSTR module, DWORD media_modes, LPLINEEXTENSIONID extension,
				    DWORD request_mode, LPCSTR extension_name, DWORD priority)
{
	return lineSetAppPriorityA(module, media_modes, extension, request_mode, extension_name,
				   priority);
}

static LONG get_priority(const char *module, DWORD media_mode, DWORD request_mode, DWORD *priority)
{
	struct config config;
	LONG result;
	size_t i;

	if (!module_is_good(module))
		return LINEERR_INVALAPPNAME;
	if ((media_mode & ~MEDIA_MODES) || (media_mode & (media_mode - 1)))
		return LINEERR_INVALMEDIAMODE;
	if (!media_mode && request_mode != LINEREQUESTMODE_MAKECALL)
		return LINEERR_INVALREQUESTMODE;
	result = read_priorities(&config);
	for (i = 0; i < ARRAY_SIZE(lists) && !result; i++)
		if (is_chosen(i, media_mode))
			*priority = position_in(&config, module, i);
	config_free(&config);
	return result;
}

TAPI_EXPORT LONG lineGetAppPriorityA(LPCSTR module, DWORD media_mode, LPLINEEXTENSIONID extension,
				     DWORD request_mode, LPVARSTRING extension_name,
				     LPDWORD priority)
{
	(void)extension;
	(void)extension_name;
	if (!module || !priority)
		return LINEERR_INVALPOINTER;
	return get_priority(module, media_mode, request_mode, priority);
}

TAPI_EXPORT LONG lineGetAppPriorityW(LPCWSTR module, DWORD media_mode, LPLINEEXTENSIONID extension,
				     DWORD request_mode, LPVARSTRING extension_name,
				     LPDWORD priority)
{
	char *text;
	LONG result;

	(void)extension;
	(void)extension_name;
	if (!module || !priority)
		return LINEERR_INVALPOINTER;
	text = text_from_wide(module);
	if (!text)
		return errno == EILSEQ ? LINEERR_INVALAPPNAME : LINEERR_NOMEM;
	result = get_priority(text, media_mode, request_mode, priority);
	free(text);
	return result;
}

TAPI_EXPORT LONG lineGetAppPriority(LPCSTR module, DWORD media_mode, LPLINEEXTENSIONID extension,
				    DWORD request_mode, LPVARSTRING extension_name,
				    LPDWORD priority)
{
	return lineGetAppPriorityA(module, media_mode, extension, request_mode, extension_name,
				   priority);
}
