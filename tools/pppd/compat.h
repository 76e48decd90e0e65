/* SPDX-License-Identifier: GPL-2.0 */
/*
 * pppd's interface for plugins by the names that it has since 2.5; here 2.4.9 gets them, too.
 */
#ifndef PPPD_COMPAT_H
#define PPPD_COMPAT_H

#if __has_include("pppd/pppdconf.h")

#include <pppd/pppd.h>
#include <pppd/options.h>
#include <pppd/fsm.h>
#include <pppd/lcp.h>

/* Not in the headers, but there, like all that the daemon's files share; if no longer: NULL. */
extern bool nodetach;
#pragma weak nodetach

/* It leaves the foreground at once, or when the link is up; false if that is not known. */
static inline bool compat_detaches(void)
{
	return &nodetach && !nodetach;
}

#else

/* The type bool of these headers is an unsigned char, and would be the name of ours. */
#define bool pppd_bool
#include <pppd/pppd.h>
#include <pppd/fsm.h>
#include <pppd/lcp.h>
#undef bool

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#define PPPD_VERSION	VERSION

#define NF_SIGNALED	(&sigreceived)
#define NF_IP_DOWN	(&ip_down_notifier)
#define NF_IPV6_DOWN	(&ipv6_down_notifier)
#define NF_LINK_DOWN	(&link_down_notifier)

#define ppp_option_error		option_error
#define ppp_script_setenv		script_setenv
#define ppp_script_unsetenv		script_unsetenv
#define ppp_generic_establish		generic_establish_ppp
#define ppp_generic_disestablish	generic_disestablish_ppp

static inline void ppp_add_notify(struct notifier **type, notify_func function, void *context)
{
	add_notifier(type, function, context);
}

static inline int ppp_status(void)
{
	return status;
}

static inline void ppp_set_status(int code)
{
	status = code;
}

/* Only SIGTERM, which stands for SIGINT as well, can be asked for. */
static inline bool ppp_signaled(int number)
{
	return number == SIGTERM && got_sigterm;
}

static inline bool ppp_persist(void)
{
	return persist;
}

static inline bool compat_detaches(void)
{
	return !nodetach;
}

static inline void ppp_set_modem(bool on)
{
	modem = on;
}

static inline void ppp_set_devnam(const char *name)
{
	slprintf(devnam, sizeof(devnam), "%s", name);
}

static inline void ppp_set_pppdevnam(const char *name)
{
	slprintf(ppp_devnam, sizeof(ppp_devnam), "%s", name);
}

static inline void ppp_set_remote_number(const char *number)
{
	slprintf(remote_number, MAXNAMELEN, "%s", number);
}

#endif

#endif /* PPPD_COMPAT_H */
