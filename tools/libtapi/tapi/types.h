/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Windows' names for numbers, strings and handles, as far as TAPI's functions use them.
 *
 * A porting shim that brings a windef.h of its own is included before tapi.h, whole; then none of
 * this is defined again.  It is known by one of the macros below, or by TAPI_NO_WINDOWS_TYPES if
 * it sets none of them.  Its DWORD and LONG must have 32 bits and its WCHAR 16, or the end of this
 * file does not compile: a LONG of 64 bits makes a request number of every error.
 */
#ifndef TAPI_TYPES_H
#define TAPI_TYPES_H

#include <stddef.h>
#include <stdint.h>

/* The interface that a program was written to: structures have the members of that version. */
#ifndef TAPI_CURRENT_VERSION
#define TAPI_CURRENT_VERSION 0x00020002
#endif

#if defined(TAPI_NO_WINDOWS_TYPES) || defined(_WINDEF_) || defined(_WINDEF_H) || \
	defined(_WINDOWS_) || defined(_MINWINDEF_) || defined(__WINE_WINDEF_H) || defined(WINAPI)
#define TAPI_SHIM_WINDEF
#endif
#if defined(TAPI_NO_WINDOWS_TYPES) || defined(_WINDOWS_) || defined(_BASETSD_H_) || \
	defined(_BASETSD_H) || defined(__WINE_BASETSD_H)
#define TAPI_SHIM_BASETSD
#endif
#if defined(TAPI_NO_WINDOWS_TYPES) || defined(_WINDOWS_) || defined(_WINBASE_) || \
	defined(_MINWINBASE_) || defined(__WINE_WINBASE_H)
#define TAPI_SHIM_WINBASE
#endif
#if defined(TAPI_NO_WINDOWS_TYPES) || defined(_WINNT_) || defined(_WINNT_H) || \
	defined(__WINE_WINNT_H)
#define TAPI_SHIM_WINNT
#endif

#ifndef TAPI_SHIM_WINDEF
#define WINAPI
#define CALLBACK
#define APIENTRY
#define PASCAL
#define FAR
#define NEAR
#define CONST		const

typedef unsigned char	BYTE;
typedef unsigned short	WORD;
typedef unsigned int	DWORD;
typedef unsigned int	UINT;
typedef unsigned int	ULONG;
typedef unsigned short	USHORT;
typedef unsigned char	UCHAR;
typedef int		BOOL;
typedef int		INT;
typedef int		LONG;
typedef short		SHORT;
typedef char		CHAR;
typedef float		FLOAT;

typedef BYTE		*PBYTE, *LPBYTE;
typedef WORD		*PWORD, *LPWORD;
typedef DWORD		*PDWORD, *LPDWORD;
typedef LONG		*PLONG, *LPLONG;
typedef ULONG		*PULONG;
typedef BOOL		*PBOOL, *LPBOOL;
typedef void		*PVOID, *LPVOID;
typedef const void	*LPCVOID;

typedef void		*HANDLE;
typedef struct HWND__	*HWND;
typedef struct HICON__	*HICON;
typedef struct HINSTANCE__ *HINSTANCE;
typedef HINSTANCE	HMODULE;

typedef uintptr_t	WPARAM;
typedef intptr_t	LPARAM;
typedef intptr_t	LRESULT;

#define LOBYTE(w)	((BYTE)((uintptr_t)(w) & 0xff))
#define HIBYTE(w)	((BYTE)((uintptr_t)(w) >> 8 & 0xff))
#define LOWORD(l)	((WORD)((uintptr_t)(l) & 0xffff))
#define HIWORD(l)	((WORD)((uintptr_t)(l) >> 16 & 0xffff))
#define MAKEWORD(a, b)	((WORD)(((uintptr_t)(a) & 0xff) | ((uintptr_t)(b) & 0xff) << 8))
#define MAKELONG(a, b)	((LONG)(((DWORD)(a) & 0xffff) | ((DWORD)(b) & 0xffff) << 16))
#endif

#if !defined(TAPI_SHIM_WINNT) && !defined(TAPI_SHIM_WINDEF)
/*
 * UTF-16, whatever wchar_t is: u"..." is of this type in C11 and C++11, L"..." only with
 * -fshort-wchar.
 */
#if defined(__SIZEOF_WCHAR_T__) && __SIZEOF_WCHAR_T__ == 2
typedef wchar_t		WCHAR;
#define TAPI_WIDE(text)	L##text
#elif defined(__cplusplus) && __cplusplus >= 201103L
typedef char16_t	WCHAR;
#define TAPI_WIDE(text)	u##text
#else
typedef unsigned short	WCHAR;
#define TAPI_WIDE(text)	u##text
#endif

typedef char		*PSTR, *LPSTR;
typedef const char	*PCSTR, *LPCSTR;
typedef WCHAR		*PWSTR, *LPWSTR;
typedef const WCHAR	*PCWSTR, *LPCWSTR;

#ifdef UNICODE
typedef WCHAR		TCHAR;
typedef LPWSTR		LPTSTR;
typedef LPCWSTR		LPCTSTR;
#ifndef TEXT
#define TEXT(text)	TAPI_WIDE(text)
#endif
#else
typedef char		TCHAR;
typedef LPSTR		LPTSTR;
typedef LPCSTR		LPCTSTR;
#ifndef TEXT
#define TEXT(text)	text
#endif
#endif

typedef int64_t		LONGLONG;
typedef uint64_t	ULONGLONG;
#endif

#ifndef TAPI_SHIM_BASETSD
typedef uintptr_t	DWORD_PTR;
typedef uintptr_t	ULONG_PTR;
typedef uintptr_t	UINT_PTR;
typedef intptr_t	LONG_PTR;
typedef intptr_t	INT_PTR;
#endif

#ifndef TAPI_SHIM_WINBASE
typedef struct _SYSTEMTIME {
	WORD wYear;
	WORD wMonth;
	WORD wDayOfWeek;
	WORD wDay;
	WORD wHour;
	WORD wMinute;
	WORD wSecond;
	WORD wMilliseconds;
} SYSTEMTIME, *PSYSTEMTIME, *LPSYSTEMTIME;
#endif

#ifndef GUID_DEFINED
#define GUID_DEFINED
typedef struct _GUID {
	uint32_t Data1;
	uint16_t Data2;
	uint16_t Data3;
	uint8_t Data4[8];
} GUID;
#endif

#ifndef __LPGUID_DEFINED__
#define __LPGUID_DEFINED__
typedef GUID *LPGUID;
#endif

#if !defined(TAPI_NO_WINDOWS_TYPES) && !defined(__wtypes_h__) && !defined(__WTYPES_H__) && \
	!defined(_tagCY_DEFINED)
#define _tagCY_DEFINED
#define _CY_DEFINED
/* An amount of money, in 1/10000 of its unit; in TAPI, a rate of calls. */
typedef union tagCY {
	__extension__ struct {
		uint32_t Lo;
		int32_t Hi;
	};
	int64_t int64;
} CY;

typedef CY		CURRENCY;
typedef double		DATE;
#endif

#ifndef TRUE
#define TRUE		1
#endif
#ifndef FALSE
#define FALSE		0
#endif
#ifndef INFINITE
#define INFINITE	0xFFFFFFFFU
#endif
#ifndef WM_USER
#define WM_USER		0x0400
#endif

/*
 * A HANDLE of this library carries a file descriptor: LINEINITIALIZEEXPARAMS' hEvent can be
 * polled, its hCompletionPort be given, without an object of their own.
 */
#define TAPI_HANDLE_TO_FD(handle)	((int)(intptr_t)(handle))
#define TAPI_FD_TO_HANDLE(fd)		((HANDLE)(intptr_t)(fd))

typedef char tapi_dword_must_have_32_bits[sizeof(DWORD) == 4 ? 1 : -1];
typedef char tapi_long_must_have_32_bits[sizeof(LONG) == 4 && (LONG)-1 < 0 ? 1 : -1];
typedef char tapi_dword_ptr_must_hold_a_pointer[sizeof(DWORD_PTR) == sizeof(void *) ? 1 : -1];
typedef char tapi_wchar_must_have_16_bits[sizeof(WCHAR) == 2 ? 1 : -1];

#endif /* TAPI_TYPES_H */
