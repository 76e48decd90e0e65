/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Which function a name without A or W is: that of W if UNICODE is defined, else that of A. The
 * functions that 1.x had have one of their own name besides, with strings as those of A; a program
 * of 1.x without UNICODE calls these.
 *
 * With TAPI_PLAIN_NAMES nothing is renamed: for who defines the functions, or asks for them by
 * name at run time.
 */
#ifndef TAPI_NAMES_H
#define TAPI_NAMES_H

#ifndef TAPI_PLAIN_NAMES

#ifdef UNICODE
#define TAPI_NAME(name) name##W
#else
#define TAPI_NAME(name) name##A
#endif

#if defined(UNICODE) || TAPI_CURRENT_VERSION >= 0x00020000
#define lineSetAppPriority			TAPI_NAME(lineSetAppPriority)
#define lineGetAppPriority			TAPI_NAME(lineGetAppPriority)
#define lineGetDevCaps				TAPI_NAME(lineGetDevCaps)
#define lineGetAddressCaps			TAPI_NAME(lineGetAddressCaps)
#define lineOpen				TAPI_NAME(lineOpen)
#define lineGetLineDevStatus			TAPI_NAME(lineGetLineDevStatus)
#define lineGetAddressStatus			TAPI_NAME(lineGetAddressStatus)
#define lineGetAddressID			TAPI_NAME(lineGetAddressID)
#define lineGetID				TAPI_NAME(lineGetID)
#define lineConfigDialog			TAPI_NAME(lineConfigDialog)
#define lineConfigDialogEdit			TAPI_NAME(lineConfigDialogEdit)
#define lineGetDevConfig			TAPI_NAME(lineGetDevConfig)
#define lineSetDevConfig			TAPI_NAME(lineSetDevConfig)
#define lineGetIcon				TAPI_NAME(lineGetIcon)
#define lineMakeCall				TAPI_NAME(lineMakeCall)
#define lineGetCallInfo				TAPI_NAME(lineGetCallInfo)
#define lineHandoff				TAPI_NAME(lineHandoff)
#define lineDial				TAPI_NAME(lineDial)
#define lineGenerateDigits			TAPI_NAME(lineGenerateDigits)
#define lineGatherDigits			TAPI_NAME(lineGatherDigits)
#define lineSetupTransfer			TAPI_NAME(lineSetupTransfer)
#define lineBlindTransfer			TAPI_NAME(lineBlindTransfer)
#define lineSetupConference			TAPI_NAME(lineSetupConference)
#define linePrepareAddToConference		TAPI_NAME(linePrepareAddToConference)
#define lineForward				TAPI_NAME(lineForward)
#define linePark				TAPI_NAME(linePark)
#define lineUnpark				TAPI_NAME(lineUnpark)
#define linePickup				TAPI_NAME(linePickup)
#define lineRedirect				TAPI_NAME(lineRedirect)
#define lineTranslateAddress			TAPI_NAME(lineTranslateAddress)
#define lineGetTranslateCaps			TAPI_NAME(lineGetTranslateCaps)
#define lineSetTollList				TAPI_NAME(lineSetTollList)
#define lineTranslateDialog			TAPI_NAME(lineTranslateDialog)
#define lineGetCountry				TAPI_NAME(lineGetCountry)
#define tapiGetLocationInfo			TAPI_NAME(tapiGetLocationInfo)
#define tapiRequestMakeCall			TAPI_NAME(tapiRequestMakeCall)
#define tapiRequestMediaCall			TAPI_NAME(tapiRequestMediaCall)
#define lineGetRequest				TAPI_NAME(lineGetRequest)
#define lineAddProvider				TAPI_NAME(lineAddProvider)
#define lineGetProviderList			TAPI_NAME(lineGetProviderList)
#endif

/* Newer than 1.x: no function has these names. */
#define lineInitializeEx			TAPI_NAME(lineInitializeEx)
#define lineCreateAgent				TAPI_NAME(lineCreateAgent)
#define lineCreateAgentSession			TAPI_NAME(lineCreateAgentSession)
#define lineGetAgentActivityList		TAPI_NAME(lineGetAgentActivityList)
#define lineGetAgentCaps			TAPI_NAME(lineGetAgentCaps)
#define lineGetAgentGroupList			TAPI_NAME(lineGetAgentGroupList)
#define lineGetAgentStatus			TAPI_NAME(lineGetAgentStatus)
#define lineGetGroupList			TAPI_NAME(lineGetGroupList)
#define lineGetQueueList			TAPI_NAME(lineGetQueueList)

#endif /* TAPI_PLAIN_NAMES */

#endif /* TAPI_NAMES_H */
