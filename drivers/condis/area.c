// SPDX-License-Identifier: GPL-2.0
/*
 * What drivers see of VCs and adapters: their private areas, numbers and names.
 */
#include <linux/export.h>

#include "core.h"

/**
 * condis_adapter_priv() - the miniport's private area
 * @adapter: the adapter
 *
 * Return: the area, zeroed when the adapter was made
 */
void *condis_adapter_priv(const struct condis_adapter *adapter)
{
	return (void *)adapter->priv;
}
EXPORT_SYMBOL_GPL(condis_adapter_priv);

/**
 * condis_adapter_name() - an adapter's name
 * @adapter: the adapter
 *
 * Return: the name
 */
const char *condis_adapter_name(const struct condis_adapter *adapter)
{
	return adapter->name;
}
EXPORT_SYMBOL_GPL(condis_adapter_name);

/**
 * condis_adapter_id() - an adapter's number in its namespace
 * @adapter: the adapter
 *
 * Return: the number, never used twice in a row
 */
u32 condis_adapter_id(const struct condis_adapter *adapter)
{
	return adapter->id;
}
EXPORT_SYMBOL_GPL(condis_adapter_id);

/**
 * condis_adapter_net_cookie() - the identity of an adapter's namespace
 * @adapter: the adapter
 *
 * Return: the cookie; never used twice, also when the namespace is gone
 */
u64 condis_adapter_net_cookie(const struct condis_adapter *adapter)
{
	return adapter->net_cookie;
}
EXPORT_SYMBOL_GPL(condis_adapter_net_cookie);

/**
 * condis_vc_client() - the client's private area
 * @vc: the VC
 *
 * Return: the area, zeroed when the VC was made
 */
void *condis_vc_client(const struct condis_vc *vc)
{
	return (void *)vc->priv;
}
EXPORT_SYMBOL_GPL(condis_vc_client);

/**
 * condis_vc_context() - what the client gave to condis_co_create_vc()
 * @vc: the VC
 *
 * Return: the context, NULL for a VC of the call manager's
 */
void *condis_vc_context(const struct condis_vc *vc)
{
	return vc->context;
}
EXPORT_SYMBOL_GPL(condis_vc_context);

/**
 * condis_vc_cm() - the call manager's private area
 * @vc: the VC
 *
 * Return: the area, zeroed when the VC was made
 */
void *condis_vc_cm(const struct condis_vc *vc)
{
	return (void *)vc->priv + vc->cm_offset;
}
EXPORT_SYMBOL_GPL(condis_vc_cm);

/**
 * condis_vc_id() - a VC's number
 * @vc: the VC
 *
 * Return: the number, never used twice
 */
u64 condis_vc_id(const struct condis_vc *vc)
{
	return vc->id;
}
EXPORT_SYMBOL_GPL(condis_vc_id);

/**
 * condis_vc_af() - a VC's address family
 * @vc: the VC
 *
 * Return: the family, valid as long as the VC
 */
struct condis_af *condis_vc_af(const struct condis_vc *vc)
{
	return vc->af;
}
EXPORT_SYMBOL_GPL(condis_vc_af);

/**
 * condis_vc_adapter() - a VC's adapter
 * @vc: the VC
 *
 * Return: the adapter, valid as long as the VC
 */
struct condis_adapter *condis_vc_adapter(const struct condis_vc *vc)
{
	return vc->af->family->adapter;
}
EXPORT_SYMBOL_GPL(condis_vc_adapter);

/**
 * condis_vc_params() - a call's parameters
 * @vc: the VC
 *
 * Return: the parameters; the first part is fixed once the call is made or offered, the rates once
 * it is connected
 */
const struct condis_call_params *condis_vc_params(const struct condis_vc *vc)
{
	return &vc->params;
}
EXPORT_SYMBOL_GPL(condis_vc_params);

/**
 * condis_vc_is_active() - whether a VC is activated
 * @vc: the VC
 *
 * Return: true also for one that is being deactivated
 *
 * Context: any; the answer may be old
 */
bool condis_vc_is_active(const struct condis_vc *vc)
{
	return READ_ONCE(vc->active) != CONDIS_VC_INACTIVE;
}
EXPORT_SYMBOL_GPL(condis_vc_is_active);
