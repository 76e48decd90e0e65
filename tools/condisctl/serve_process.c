// SPDX-License-Identifier: GPL-2.0
/*
 * The commands of condisctl serve: each leads a session and a process group of its own.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "serve.h"

/* The number that the data file has for every command, besides 0 and 1. */
#define DATA_FD 3
/* Above all of these. */
#define SAFE_FD 10

static int is_program(const char *path)
{
	struct stat stat_buf;

	if (stat(path, &stat_buf) || access(path, X_OK))
		return -1;
	if (S_ISREG(stat_buf.st_mode))
		return 0;
	errno = EACCES;
	return -1;
}

/* As execvp() looks for it. */
static int find_program(const char *name)
{
	const char *path = getenv("PATH"), *end;
	int error = ENOENT;
	char *full;

	if (strchr(name, '/'))
		return is_program(name);
	if (!path)
		path = "/bin:/usr/bin";
	for (; *name; path = end + 1) {
		end = strchrnul(path, ':');
		if (asprintf(&full, "%.*s/%s", (int)(end - path), end > path ? path : ".",
			     name) < 0)
			return -1;
		if (!is_program(full)) {
			free(full);
			return 0;
		}
		if (errno == EACCES)
			error = EACCES;
		free(full);
		if (!*end)
			break;
	}
	errno = error;
	return -1;
}

int serve_check_command(const char *name)
{
	if (!find_program(name))
		return 0;
	return ctl_usage("'%s' is no command that can be run: %s", name, strerror(errno));
}

static void set_text(const char *name, const char *text)
{
	if (setenv(name, text, 1))
		_exit(127);
}

static void set_number(const char *name, uint64_t number)
{
	char text[24];

	snprintf(text, sizeof(text), "%llu", (unsigned long long)number);
	set_text(name, text);
}

static void set_facts(const struct serve_call *call, uint32_t max_sdu)
{
	const char *media = condis_media_mode_name(call->info.media_modes);

	set_number("CONDIS_CALL", call->info.call_id);
	set_text("CONDIS_ADAPTER", call->adapter);
	set_number("CONDIS_LINE", call->info.line);
	set_text("CONDIS_CALLED", call->info.called);
	set_text("CONDIS_CALLING", call->info.calling);
	set_text("CONDIS_MEDIA", media ? media : "");
	set_number("CONDIS_TX_RATE", call->info.tx_rate);
	set_number("CONDIS_RX_RATE", call->info.rx_rate);
	set_number("CONDIS_MAX_SDU", max_sdu);
	set_number("CONDIS_DATA_FD", DATA_FD);
	if (call->info.address == NDPROXY_ANY_ADDRESS)
		unsetenv("CONDIS_ADDRESS");
	else
		set_number("CONDIS_ADDRESS", call->info.address);
}

/* In the child; tells @report if it could not be run. */
static void run_command(const struct serve *serve, const struct serve_call *call, int data,
			uint32_t max_sdu, int report, pid_t parent)
{
	int error;

	report = fcntl(report, F_DUPFD_CLOEXEC, SAFE_FD);
	data = fcntl(data, F_DUPFD_CLOEXEC, SAFE_FD);
	setsid();
	/* If we are killed, it hears of it as of a hang-up. */
	prctl(PR_SET_PDEATHSIG, SIGHUP);
	if (getppid() != parent)
		_exit(127);
	set_facts(call, max_sdu);
	ctl_release_signals();
	if (report >= 0 && data >= 0 && dup2(data, STDIN_FILENO) >= 0 &&
	    dup2(data, STDOUT_FILENO) >= 0 && dup2(data, DATA_FD) >= 0)
		execvp(serve->command.word[0], (char *const *)serve->command.word);
	error = errno;
	if (write(report, &error, sizeof(error)) != sizeof(error))
		_exit(126);
	_exit(127);
}

int serve_start(const struct serve *serve, struct serve_call *call, int data, uint32_t max_sdu)
{
	pid_t parent = getpid(), pid;
	int ends[2], error = 0;

	if (pipe2(ends, O_CLOEXEC))
		return errno;
	/* What is buffered is ours to write. */
	fflush(stdout);
	pid = fork();
	if (pid < 0)
		error = errno;
	else if (!pid)
		run_command(serve, call, data, max_sdu, ends[1], parent);
	close(ends[1]);
	/* Ends when it has become the command. */
	if (pid > 0 && read(ends[0], &error, sizeof(error)) == sizeof(error))
		waitpid(pid, NULL, 0);
	close(ends[0]);
	if (error)
		return error;
	call->pid = pid;
	call->is_running = true;
	call->has_group = true;
	return 0;
}

/* "HUP"; those of real time have no name. */
static void log_signal(int number)
{
	const char *name = sigabbrev_np(number);

	if (name)
		serve_log_text("signal", name);
	else
		serve_log_number("signal", (uint64_t)number);
}

void serve_signal(const struct serve_call *call, int number)
{
	if (kill(-call->pid, number))
		return;
	serve_log("signal");
	serve_log_number("call", call->info.call_id);
	serve_log_number("pid", (uint64_t)call->pid);
	log_signal(number);
	serve_log_end();
}

static struct serve_call *find_running(struct serve *serve, pid_t pid)
{
	size_t i;

	for (i = 0; i < serve->used; i++)
		if (serve->calls[i].is_running && serve->calls[i].pid == pid)
			return &serve->calls[i];
	return NULL;
}

/* Somebody of it is left; also one who is dead and whose parent has not looked. */
static bool is_group_there(pid_t group)
{
	return !kill(-group, 0) || errno != ESRCH;
}

/* What the far end is told. */
static uint32_t cause_of(const siginfo_t *end)
{
	if (end->si_code != CLD_EXITED)
		return Q850_TEMPORARY_FAILURE;
	return end->si_status ? Q850_NORMAL_UNSPECIFIED : Q850_NORMAL_CLEARING;
}

static void command_ended(const struct serve *serve, struct serve_call *call,
			  const siginfo_t *end)
{
	/* Before it is reaped: until then nobody else can have its number. */
	if (!call->is_hung)
		kill(-call->pid, SIGHUP);
	waitpid(call->pid, NULL, 0);
	call->is_hung = true;
	call->is_running = false;
	call->has_group = is_group_there(call->pid);
	serve_log("exited");
	serve_log_number("call", call->info.call_id);
	serve_log_number("pid", (uint64_t)call->pid);
	if (end->si_code == CLD_EXITED)
		serve_log_number("status", (uint64_t)end->si_status);
	else
		log_signal(end->si_status);
	serve_log_end();
	serve_call_finish(serve, call, cause_of(end));
}

void serve_reap(struct serve *serve)
{
	siginfo_t end = { 0 };
	size_t i;

	while (!waitid(P_ALL, 0, &end, WEXITED | WNOHANG | WNOWAIT) && end.si_pid) {
		struct serve_call *call = find_running(serve, end.si_pid);

		if (call)
			command_ended(serve, call, &end);
		else
			/* An orphan of one of them. */
			waitpid(end.si_pid, NULL, 0);
		end.si_pid = 0;
	}
	for (i = 0; i < serve->used; i++) {
		struct serve_call *call = &serve->calls[i];

		if (call->has_group && !call->is_running)
			call->has_group = is_group_there(call->pid);
	}
}

void serve_kill_all(struct serve *serve)
{
	size_t i;

	for (i = 0; i < serve->used; i++) {
		struct serve_call *call = &serve->calls[i];

		if (!call->has_group)
			continue;
		serve_signal(call, SIGKILL);
		if (call->is_running)
			waitpid(call->pid, NULL, 0);
	}
}
