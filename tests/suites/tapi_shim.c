// SPDX-License-Identifier: GPL-2.0
/*
 * A program that has functions of the library's names for its own use, as what helps to port one
 * has: the library calls its own, and each string is freed by whose it is.
 *
 * Needs no kernel.
 */
#include <dlfcn.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tapi3.h>

/* Strings of this program: on the stack of nobody, and none that the library could make. */
static WCHAR own[] = u"own";
static unsigned int calls;

BSTR SysAllocString(const OLECHAR *text)
{
	(void)text;
	calls++;
	return own;
}

BSTR SysAllocStringLen(const OLECHAR *text, UINT length)
{
	(void)text;
	(void)length;
	calls++;
	return own;
}

UINT SysStringLen(BSTR text)
{
	(void)text;
	calls++;
	return 77;
}

void SysFreeString(BSTR text)
{
	calls++;
	assert_ptr_equal(text, own);
}

void VariantInit(VARIANTARG *variant)
{
	calls++;
	variant->vt = VT_I4;
}

/* The library's, which are behind the program's. */
static void *behind(const char *name)
{
	void *function = dlsym(RTLD_NEXT, name);

	assert_non_null(function);
	return function;
}

static void strings(void **state)
{
	BSTR (*alloc)(const OLECHAR *text) = behind("SysAllocString");
	UINT (*length)(BSTR text) = behind("SysStringLen");
	void (*give_back)(BSTR text) = behind("SysFreeString");
	VARIANT variant = { .vt = VT_BSTR };
	BSTR text;

	(void)state;
	calls = 0;
	/* SysAllocStringLen() within it, SysFreeString() and VariantInit() within the next. */
	text = alloc(u"theirs");
	assert_non_null(text);
	assert_memory_equal(text, u"theirs", 14);
	assert_int_equal(length(text), 6);
	variant.bstrVal = text;
	assert_int_equal(VariantClear(&variant), S_OK);
	assert_int_equal(variant.vt, VT_EMPTY);
	text = alloc(u"theirs");
	give_back(text);
	assert_int_equal(calls, 0);

	SysFreeString(SysAllocString(u"anything"));
	assert_int_equal(SysStringLen(own), 77);
	assert_int_equal(calls, 3);
}

/* A method of the library's that hands strings on and has a variant to clear. */
static void methods(void **state)
{
	VARIANT variant = { .vt = VT_BSTR };
	ITTAPI *tapi;

	(void)state;
	calls = 0;
	assert_int_equal(TapiCreateInstance(&CLSID_TAPI, &IID_ITTAPI, (void **)&tapi), S_OK);
	assert_int_equal(tapi->lpVtbl->get_Addresses(tapi, &variant), E_INVALIDARG);
	assert_int_equal(variant.vt, VT_EMPTY);
	assert_int_equal(tapi->lpVtbl->Release(tapi), 0);
	assert_int_equal(calls, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strings), cmocka_unit_test(methods),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
