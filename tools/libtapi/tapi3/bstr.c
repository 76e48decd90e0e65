// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Strings that know their length, and variants, as far as TAPI's methods have them.
 */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

/**
 * struct bstr - what is around a BSTR, which points at @text
 * @pad: so that @text begins where any type may
 * @size: bytes of @text without its end
 * @text: UTF-16, with an end
 */
struct bstr {
	DWORD pad;
	DWORD size;
	WCHAR text[];
};

#define BSTR_MAX ((UINT32_MAX - sizeof(struct bstr)) / sizeof(WCHAR) - 1)

static size_t wide_length(const WCHAR *text, size_t most)
{
	size_t length = 0;

	while (length < most && text[length])
		length++;
	return length;
}

/**
 * SysAllocStringLen() - make a string of a given length
 * @strIn: characters to copy, or NULL: they are not set
 * @ui: how many; one of them may be 0, and one more is added at the end
 *
 * Return: the string, to be given to SysFreeString(), or NULL: no memory
 */
TAPI3_EXPORT BSTR SysAllocStringLen(const OLECHAR *strIn, UINT ui)
{
	struct bstr *bstr;

	if (ui > BSTR_MAX)
		return NULL;
	bstr = malloc(sizeof(*bstr) + (ui + (size_t)1) * sizeof(WCHAR));
	if (!bstr)
		return NULL;
	bstr->pad = 0;
	bstr->size = ui * sizeof(WCHAR);
	if (strIn)
		memcpy(bstr->text, strIn, bstr->size);
	bstr->text[ui] = 0;
	return bstr->text;
}

/**
 * SysAllocString() - make a string
 * @psz: what it is a copy of, or NULL
 *
 * Return: the string, to be given to SysFreeString(); NULL: @psz was NULL, or there is no memory
 */
TAPI3_EXPORT BSTR SysAllocString(const OLECHAR *psz)
{
	return psz ? SysAllocStringLen(psz, wide_length(psz, BSTR_MAX + 1)) : NULL;
}

/**
 * SysStringLen() - the length of a string
 * @pbstr: the string, or NULL, which is as long as an empty one
 *
 * Return: its characters, without the end
 */
TAPI3_EXPORT UINT SysStringLen(BSTR pbstr)
{
	return pbstr ? t3_container_of(pbstr, struct bstr, text)->size / sizeof(WCHAR) : 0;
}

/**
 * SysFreeString() - give a string back
 * @bstrString: the string, or NULL
 */
TAPI3_EXPORT void SysFreeString(BSTR bstrString)
{
	if (bstrString)
		free(t3_container_of(bstrString, struct bstr, text));
}

bool t3_bstr_copy(const WCHAR *text, BSTR *out)
{
	*out = SysAllocString(text);
	return *out || !text;
}

BSTR t3_bstr_of(const void *structure, DWORD offset, DWORD size)
{
	const char *base = structure;
	WCHAR *text;
	BSTR out;

	/* It is copied as bytes: an offset need not be even. */
	text = malloc(size + sizeof(WCHAR));
	if (!text)
		return NULL;
	memcpy(text, base + offset, size);
	out = SysAllocStringLen(text, wide_length(text, size / sizeof(WCHAR)));
	free(text);
	return out;
}

/**
 * VariantInit() - make an empty variant
 * @pvarg: whatever it was before
 */
TAPI3_EXPORT void VariantInit(VARIANTARG *pvarg)
{
	if (pvarg)
		memset(pvarg, 0, sizeof(*pvarg));
}

/**
 * VariantClear() - give back what a variant holds, and make it empty
 * @pvarg: the variant
 *
 * A string is freed, an object is released; what a variant only points at (VT_BYREF) is not.
 *
 * Return: S_OK; E_INVALIDARG: no variant, or it holds an array, which nothing here makes
 */
TAPI3_EXPORT HRESULT VariantClear(VARIANTARG *pvarg)
{
	if (!pvarg || (pvarg->vt & VT_ARRAY))
		return E_INVALIDARG;
	switch (pvarg->vt) {
	case VT_BSTR:
		SysFreeString(pvarg->bstrVal);
		break;
	case VT_DISPATCH:
	case VT_UNKNOWN:
		if (pvarg->punkVal)
			pvarg->punkVal->lpVtbl->Release(pvarg->punkVal);
		break;
	default:
		break;
	}
	VariantInit(pvarg);
	return S_OK;
}
