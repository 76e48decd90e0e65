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

TAPI3_EXPORT BSTR SysAllocString(const OLECHAR *psz)
{
	return psz ? SysAllocStringLen(psz, wide_length(psz, BSTR_MAX + 1)) : NULL;
}

TAPI3_EXPORT UINT SysStringLen(BSTR pbstr)
{
	return pbstr ? t3_container_of(pbstr, struct bstr, text)->size / sizeof(WCHAR) : 0;
}

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

TAPI3_EXPORT void VariantInit(VARIANTARG *pvarg)
{
	if (pvarg)
		memset(pvarg, 0, sizeof(*pvarg));
}

TAPI3_EXPORT HRESULT VariantClear(VARIANTARG *pvarg)
{
	/* What is only pointed at is not held; of what is, nothing else is known. */
	if (!pvarg || (!(pvarg->vt & VT_BYREF) && pvarg->vt > VT_UINT))
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
