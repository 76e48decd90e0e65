/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a telephone exchange does for a call: hold, transfer, conference, forward, park.
 */
#ifndef TAPI_SUPPLEMENTARY_H
#define TAPI_SUPPLEMENTARY_H

#include "structures.h"

#ifdef __cplusplus
extern "C" {
#endif

LONG WINAPI lineHold(HCALL hCall);

LONG WINAPI lineUnhold(HCALL hCall);

LONG WINAPI lineSwapHold(HCALL hActiveCall, HCALL hHeldCall);

LONG WINAPI lineSetupTransfer(HCALL hCall, LPHCALL lphConsultCall,
			      LPLINECALLPARAMS const lpCallParams);
LONG WINAPI lineSetupTransferA(HCALL hCall, LPHCALL lphConsultCall,
			       LPLINECALLPARAMS const lpCallParams);
LONG WINAPI lineSetupTransferW(HCALL hCall, LPHCALL lphConsultCall,
			       LPLINECALLPARAMS const lpCallParams);

LONG WINAPI lineCompleteTransfer(HCALL hCall, HCALL hConsultCall, LPHCALL lphConfCall,
				 DWORD dwTransferMode);

LONG WINAPI lineBlindTransfer(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode);
LONG WINAPI lineBlindTransferA(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode);
LONG WINAPI lineBlindTransferW(HCALL hCall, LPCWSTR lpszDestAddress, DWORD dwCountryCode);

LONG WINAPI lineSetupConference(HCALL hCall, HLINE hLine, LPHCALL lphConfCall,
				LPHCALL lphConsultCall, DWORD dwNumParties,
				LPLINECALLPARAMS const lpCallParams);
LONG WINAPI lineSetupConferenceA(HCALL hCall, HLINE hLine, LPHCALL lphConfCall,
				 LPHCALL lphConsultCall, DWORD dwNumParties,
				 LPLINECALLPARAMS const lpCallParams);
LONG WINAPI lineSetupConferenceW(HCALL hCall, HLINE hLine, LPHCALL lphConfCall,
				 LPHCALL lphConsultCall, DWORD dwNumParties,
				 LPLINECALLPARAMS const lpCallParams);

LONG WINAPI linePrepareAddToConference(HCALL hConfCall, LPHCALL lphConsultCall,
				       LPLINECALLPARAMS const lpCallParams);
LONG WINAPI linePrepareAddToConferenceA(HCALL hConfCall, LPHCALL lphConsultCall,
					LPLINECALLPARAMS const lpCallParams);
LONG WINAPI linePrepareAddToConferenceW(HCALL hConfCall, LPHCALL lphConsultCall,
					LPLINECALLPARAMS const lpCallParams);

LONG WINAPI lineAddToConference(HCALL hConfCall, HCALL hConsultCall);

LONG WINAPI lineRemoveFromConference(HCALL hCall);

LONG WINAPI lineForward(HLINE hLine, DWORD bAllAddresses, DWORD dwAddressID,
			LPLINEFORWARDLIST const lpForwardList, DWORD dwNumRingsNoAnswer,
			LPHCALL lphConsultCall, LPLINECALLPARAMS const lpCallParams);
LONG WINAPI lineForwardA(HLINE hLine, DWORD bAllAddresses, DWORD dwAddressID,
			 LPLINEFORWARDLIST const lpForwardList, DWORD dwNumRingsNoAnswer,
			 LPHCALL lphConsultCall, LPLINECALLPARAMS const lpCallParams);
LONG WINAPI lineForwardW(HLINE hLine, DWORD bAllAddresses, DWORD dwAddressID,
			 LPLINEFORWARDLIST const lpForwardList, DWORD dwNumRingsNoAnswer,
			 LPHCALL lphConsultCall, LPLINECALLPARAMS const lpCallParams);

LONG WINAPI linePark(HCALL hCall, DWORD dwParkMode, LPCSTR lpszDirAddress,
		     LPVARSTRING lpNonDirAddress);
LONG WINAPI lineParkA(HCALL hCall, DWORD dwParkMode, LPCSTR lpszDirAddress,
		      LPVARSTRING lpNonDirAddress);
LONG WINAPI lineParkW(HCALL hCall, DWORD dwParkMode, LPCWSTR lpszDirAddress,
		      LPVARSTRING lpNonDirAddress);

LONG WINAPI lineUnpark(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCSTR lpszDestAddress);
LONG WINAPI lineUnparkA(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCSTR lpszDestAddress);
LONG WINAPI lineUnparkW(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCWSTR lpszDestAddress);

LONG WINAPI linePickup(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCSTR lpszDestAddress,
		       LPCSTR lpszGroupID);
LONG WINAPI linePickupA(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCSTR lpszDestAddress,
			LPCSTR lpszGroupID);
LONG WINAPI linePickupW(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCWSTR lpszDestAddress,
			LPCWSTR lpszGroupID);

LONG WINAPI lineRedirect(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode);
LONG WINAPI lineRedirectA(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode);
LONG WINAPI lineRedirectW(HCALL hCall, LPCWSTR lpszDestAddress, DWORD dwCountryCode);

LONG WINAPI lineCompleteCall(HCALL hCall, LPDWORD lpdwCompletionID, DWORD dwCompletionMode,
			     DWORD dwMessageID);

LONG WINAPI lineUncompleteCall(HLINE hLine, DWORD dwCompletionID);

#ifdef __cplusplus
}
#endif

#endif /* TAPI_SUPPLEMENTARY_H */
