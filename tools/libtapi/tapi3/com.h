/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What TAPI 3 needs of COM: results, names of interfaces, strings, variants, IUnknown, IDispatch
 * and connection points, as they are published, and nothing else of it. There are no apartments and
 * nothing is to be initialised.
 *
 * An interface is a pointer to a table of functions, in C as in C++, so an object of either can be
 * given to the other. In C it is called as object->lpVtbl->Method(object, ...), or with COBJMACROS
 * as Interface_Method(object, ...); in C++ as object->Method(...).
 *
 * A porting shim that brings COM is included before tapi3.h; it is known by one of the macros
 * below, or by TAPI_NO_COM_TYPES.
 */
#ifndef TAPI3_COM_H
#define TAPI3_COM_H

#include "../tapi/types.h"

#if defined(TAPI_NO_COM_TYPES) || defined(__ocidl_h__) || defined(__OCIDL_H__) || \
	defined(_OBJBASE_H_) || defined(__WINE_OBJBASE_H)
#define TAPI_SHIM_COM
#endif

#ifndef TAPI_SHIM_COM

#ifndef _HRESULT_DEFINED
#define _HRESULT_DEFINED
/* 32 bits with a sign, whatever long has: negative is a failure. */
typedef LONG HRESULT;
#endif
typedef LONG SCODE;

#define SUCCEEDED(result)	((HRESULT)(result) >= 0)
#define FAILED(result)		((HRESULT)(result) < 0)

#define S_OK			((HRESULT)0)
#define S_FALSE			((HRESULT)1)
#define E_UNEXPECTED		((HRESULT)0x8000FFFF)
#define E_NOTIMPL		((HRESULT)0x80004001)
#define E_NOINTERFACE		((HRESULT)0x80004002)
#define E_POINTER		((HRESULT)0x80004003)
#define E_ABORT			((HRESULT)0x80004004)
#define E_FAIL			((HRESULT)0x80004005)
#define E_ACCESSDENIED		((HRESULT)0x80070005)
#define E_OUTOFMEMORY		((HRESULT)0x8007000E)
#define E_INVALIDARG		((HRESULT)0x80070057)
#define CLASS_E_NOAGGREGATION	((HRESULT)0x80040110)
#define REGDB_E_CLASSNOTREG	((HRESULT)0x80040154)
#define CONNECT_E_NOCONNECTION	((HRESULT)0x80040200)
#define CONNECT_E_ADVISELIMIT	((HRESULT)0x80040201)
#define CONNECT_E_CANNOTCONNECT	((HRESULT)0x80040202)

typedef GUID IID;
typedef GUID CLSID;

#ifdef __cplusplus
#define REFGUID		const GUID &
#define REFIID		const IID &
#define REFCLSID	const CLSID &
#else
#define REFGUID		const GUID * const
#define REFIID		const IID * const
#define REFCLSID	const CLSID * const
#endif

#ifdef __cplusplus
#define IsEqualGUID(a, b)	(!__builtin_memcmp(&(a), &(b), sizeof(GUID)))
#else
#define IsEqualGUID(a, b)	(!__builtin_memcmp(a, b, sizeof(GUID)))
#endif
#define IsEqualIID(a, b)	IsEqualGUID(a, b)
#define IsEqualCLSID(a, b)	IsEqualGUID(a, b)

/* UTF-16, with its length in the 4 bytes before it: SysStringLen(). */
typedef WCHAR OLECHAR;
typedef OLECHAR *LPOLESTR;
typedef const OLECHAR *LPCOLESTR;
typedef OLECHAR *BSTR;
#define OLESTR(text)	TAPI_WIDE(text)

typedef short VARIANT_BOOL;
#define VARIANT_TRUE	((VARIANT_BOOL)-1)
#define VARIANT_FALSE	((VARIANT_BOOL)0)

typedef DWORD LCID;
typedef LONG DISPID;

typedef unsigned short VARTYPE;
enum VARENUM {
	VT_EMPTY	= 0,
	VT_NULL		= 1,
	VT_I2		= 2,
	VT_I4		= 3,
	VT_R4		= 4,
	VT_R8		= 5,
	VT_CY		= 6,
	VT_DATE		= 7,
	VT_BSTR		= 8,
	VT_DISPATCH	= 9,
	VT_ERROR	= 10,
	VT_BOOL		= 11,
	VT_VARIANT	= 12,
	VT_UNKNOWN	= 13,
	VT_I1		= 16,
	VT_UI1		= 17,
	VT_UI2		= 18,
	VT_UI4		= 19,
	VT_I8		= 20,
	VT_UI8		= 21,
	VT_INT		= 22,
	VT_UINT		= 23,
	VT_ARRAY	= 0x2000,
	VT_BYREF	= 0x4000,
};

/* Named by IDispatch only, and not declared. */
typedef struct tagDISPPARAMS DISPPARAMS;
typedef struct tagEXCEPINFO EXCEPINFO;
typedef struct ITypeInfo ITypeInfo;

#ifdef __cplusplus
#define TAPI_EXTERN_C	extern "C"
#else
#define TAPI_EXTERN_C	extern
#endif

/* Declared here, and defined in one file only: the library's, or one of who defines INITGUID. */
#ifndef DEFINE_GUID
#ifdef INITGUID
#define DEFINE_GUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8) \
	TAPI_EXTERN_C const GUID name; \
	const GUID name = { l, w1, w2, { b1, b2, b3, b4, b5, b6, b7, b8 } }
#else
#define DEFINE_GUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8) \
	TAPI_EXTERN_C const GUID name
#endif
#endif

#define STDMETHODCALLTYPE

/*
 * An interface, written once: in C a structure of functions whose first argument is the object, in
 * C++ a class of pure virtual ones. The order is the table's, and that is the interface.
 */
#if defined(__cplusplus) && !defined(CINTERFACE)
#define DECLARE_INTERFACE(name)			struct name
#define DECLARE_INTERFACE_(name, base)		struct name : public base
#define STDMETHOD(method)			virtual HRESULT STDMETHODCALLTYPE method
#define STDMETHOD_(type, method)		virtual type STDMETHODCALLTYPE method
#define PURE					= 0
#define THIS_
#define THIS					void
#define TAPI_UNKNOWN_METHODS
#define TAPI_DISPATCH_METHODS
#else
#define TAPI_VTABLE(name)			name##Vtbl
#define DECLARE_INTERFACE(name) \
	typedef struct TAPI_VTABLE(name) TAPI_VTABLE(name); \
	struct name { \
		const struct TAPI_VTABLE(name) *lpVtbl; \
	}; \
	struct TAPI_VTABLE(name)
#define DECLARE_INTERFACE_(name, base)		DECLARE_INTERFACE(name)
#define STDMETHOD(method)			HRESULT (STDMETHODCALLTYPE * method)
#define STDMETHOD_(type, method)		type (STDMETHODCALLTYPE * method)
#define PURE
#define THIS_					INTERFACE *This,
#define THIS					INTERFACE *This
/* The beginning of every table: a class has these from its base. */
#define TAPI_UNKNOWN_METHODS \
	STDMETHOD(QueryInterface)(THIS_ REFIID riid, void **ppvObject); \
	STDMETHOD_(ULONG, AddRef)(THIS); \
	STDMETHOD_(ULONG, Release)(THIS);
#define TAPI_DISPATCH_METHODS \
	TAPI_UNKNOWN_METHODS \
	STDMETHOD(GetTypeInfoCount)(THIS_ UINT *pctinfo); \
	STDMETHOD(GetTypeInfo)(THIS_ UINT iTInfo, LCID lcid, ITypeInfo **ppTInfo); \
	STDMETHOD(GetIDsOfNames)(THIS_ REFIID riid, LPOLESTR *rgszNames, UINT cNames, LCID lcid, \
				 DISPID *rgDispId); \
	STDMETHOD(Invoke)(THIS_ DISPID dispIdMember, REFIID riid, LCID lcid, WORD wFlags, \
			  DISPPARAMS *pDispParams, VARIANT *pVarResult, EXCEPINFO *pExcepInfo, \
			  UINT *puArgErr);
#endif

typedef struct IUnknown IUnknown;
typedef struct IDispatch IDispatch;
typedef struct IConnectionPointContainer IConnectionPointContainer;
typedef struct IConnectionPoint IConnectionPoint;
typedef struct IEnumConnectionPoints IEnumConnectionPoints;
typedef struct IEnumConnections IEnumConnections;
typedef struct IEnumUnknown IEnumUnknown;

typedef IUnknown *LPUNKNOWN;

/* A value of any of a few types; @vt says which. VariantClear() gives back what it holds. */
typedef struct tagVARIANT {
	VARTYPE vt;
	WORD wReserved1;
	WORD wReserved2;
	WORD wReserved3;
	__extension__ union {
		int64_t llVal;
		LONG lVal;
		BYTE bVal;
		short iVal;
		float fltVal;
		double dblVal;
		VARIANT_BOOL boolVal;
		SCODE scode;
		CY cyVal;
		DATE date;
		BSTR bstrVal;
		IUnknown *punkVal;
		IDispatch *pdispVal;
		BYTE *pbVal;
		LONG *plVal;
		VARIANT_BOOL *pboolVal;
		BSTR *pbstrVal;
		IUnknown **ppunkVal;
		IDispatch **ppdispVal;
		struct tagVARIANT *pvarVal;
		PVOID byref;
		CHAR cVal;
		USHORT uiVal;
		ULONG ulVal;
		uint64_t ullVal;
		INT intVal;
		UINT uintVal;
		/* Its size is that of the largest one published. */
		PVOID record[2];
	};
} VARIANT, *LPVARIANT;

typedef VARIANT VARIANTARG;

#define V_VT(variant)		((variant)->vt)
#define V_I4(variant)		((variant)->lVal)
#define V_BOOL(variant)		((variant)->boolVal)
#define V_BSTR(variant)		((variant)->bstrVal)
#define V_UNKNOWN(variant)	((variant)->punkVal)
#define V_DISPATCH(variant)	((variant)->pdispVal)

/* A sink, and the number by which it is taken away again. */
typedef struct tagCONNECTDATA {
	IUnknown *pUnk;
	DWORD dwCookie;
} CONNECTDATA, *LPCONNECTDATA;

/*
 * Of every object: other interfaces of it, and how many hold it. QueryInterface with IID_IUnknown
 * gives the same pointer whichever interface of an object was asked.
 */
#undef INTERFACE
#define INTERFACE IUnknown
DECLARE_INTERFACE(IUnknown)
{
	STDMETHOD(QueryInterface)(THIS_ REFIID riid, void **ppvObject) PURE;
	STDMETHOD_(ULONG, AddRef)(THIS) PURE;
	STDMETHOD_(ULONG, Release)(THIS) PURE;
};

#undef INTERFACE
#define INTERFACE IDispatch
DECLARE_INTERFACE_(IDispatch, IUnknown)
{
	TAPI_UNKNOWN_METHODS

	STDMETHOD(GetTypeInfoCount)(THIS_ UINT *pctinfo) PURE;
	STDMETHOD(GetTypeInfo)(THIS_ UINT iTInfo, LCID lcid, ITypeInfo **ppTInfo) PURE;
	STDMETHOD(GetIDsOfNames)(THIS_ REFIID riid, LPOLESTR *rgszNames, UINT cNames, LCID lcid,
				 DISPID *rgDispId) PURE;
	STDMETHOD(Invoke)(THIS_ DISPID dispIdMember, REFIID riid, LCID lcid, WORD wFlags,
			  DISPPARAMS *pDispParams, VARIANT *pVarResult, EXCEPINFO *pExcepInfo,
			  UINT *puArgErr) PURE;
};

#undef INTERFACE
#define INTERFACE IConnectionPointContainer
DECLARE_INTERFACE_(IConnectionPointContainer, IUnknown)
{
	TAPI_UNKNOWN_METHODS

	STDMETHOD(EnumConnectionPoints)(THIS_ IEnumConnectionPoints **ppEnum) PURE;
	STDMETHOD(FindConnectionPoint)(THIS_ REFIID riid, IConnectionPoint **ppCP) PURE;
};

#undef INTERFACE
#define INTERFACE IConnectionPoint
DECLARE_INTERFACE_(IConnectionPoint, IUnknown)
{
	TAPI_UNKNOWN_METHODS

	STDMETHOD(GetConnectionInterface)(THIS_ IID *pIID) PURE;
	STDMETHOD(GetConnectionPointContainer)(THIS_ IConnectionPointContainer **ppCPC) PURE;
	STDMETHOD(Advise)(THIS_ IUnknown *pUnkSink, DWORD *pdwCookie) PURE;
	STDMETHOD(Unadvise)(THIS_ DWORD dwCookie) PURE;
	STDMETHOD(EnumConnections)(THIS_ IEnumConnections **ppEnum) PURE;
};

#undef INTERFACE
#define INTERFACE IEnumConnectionPoints
DECLARE_INTERFACE_(IEnumConnectionPoints, IUnknown)
{
	TAPI_UNKNOWN_METHODS

	STDMETHOD(Next)(THIS_ ULONG cConnections, IConnectionPoint **ppCP, ULONG *pcFetched) PURE;
	STDMETHOD(Skip)(THIS_ ULONG cConnections) PURE;
	STDMETHOD(Reset)(THIS) PURE;
	STDMETHOD(Clone)(THIS_ IEnumConnectionPoints **ppEnum) PURE;
};

#undef INTERFACE
#define INTERFACE IEnumConnections
DECLARE_INTERFACE_(IEnumConnections, IUnknown)
{
	TAPI_UNKNOWN_METHODS

	STDMETHOD(Next)(THIS_ ULONG cConnections, CONNECTDATA *rgcd, ULONG *pcFetched) PURE;
	STDMETHOD(Skip)(THIS_ ULONG cConnections) PURE;
	STDMETHOD(Reset)(THIS) PURE;
	STDMETHOD(Clone)(THIS_ IEnumConnections **ppEnum) PURE;
};

#undef INTERFACE
#define INTERFACE IEnumUnknown
DECLARE_INTERFACE_(IEnumUnknown, IUnknown)
{
	TAPI_UNKNOWN_METHODS

	STDMETHOD(Next)(THIS_ ULONG celt, IUnknown **rgelt, ULONG *pceltFetched) PURE;
	STDMETHOD(Skip)(THIS_ ULONG celt) PURE;
	STDMETHOD(Reset)(THIS) PURE;
	STDMETHOD(Clone)(THIS_ IEnumUnknown **ppenum) PURE;
};

#undef INTERFACE

#ifdef __cplusplus
extern "C" {
#endif

/**
 * SysAllocString() - a string with its length, from one with an end
 * @psz: the string, in UTF-16
 *
 * Return: the new string, for SysFreeString(); NULL: no memory, or @psz is NULL.
 */
BSTR SysAllocString(const OLECHAR *psz);

/**
 * SysAllocStringLen() - a string of so many characters
 * @strIn: where they are; NULL: it is to be filled
 * @ui: how many, without the end, which is added
 *
 * Return: the new string, for SysFreeString(); NULL: no memory.
 */
BSTR SysAllocStringLen(const OLECHAR *strIn, UINT ui);

/**
 * SysStringLen() - how many characters a string has
 * @pbstr: the string; NULL has none
 *
 * Return: the number, without the end.
 */
UINT SysStringLen(BSTR pbstr);

/**
 * SysFreeString() - free a string
 * @bstrString: the string, or NULL
 */
void SysFreeString(BSTR bstrString);

/**
 * VariantInit() - make a variant that holds nothing
 * @pvarg: the variant; what is in it is not looked at
 */
void VariantInit(VARIANTARG *pvarg);

/**
 * VariantClear() - free or release what a variant holds
 * @pvarg: the variant, which holds nothing then
 *
 * Return: S_OK; E_INVALIDARG: it holds what is not known here.
 */
HRESULT VariantClear(VARIANTARG *pvarg);

#ifdef __cplusplus
}
#endif

#endif /* TAPI_SHIM_COM */

#endif /* TAPI3_COM_H */
