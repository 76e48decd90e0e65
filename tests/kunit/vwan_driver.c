// SPDX-License-Identifier: GPL-2.0
/*
 * The driver itself, built into the test module: everything but its module's
 * init and exit.  So the suites see its inside and run it on the real core.
 */
#include "../../drivers/vwan/adapter.c"
#include "../../drivers/vwan/bearer.c"
#include "../../drivers/vwan/call.c"
#include "../../drivers/vwan/caps.c"
#include "../../drivers/vwan/digits.c"
#include "../../drivers/vwan/end.c"
#include "../../drivers/vwan/exchange.c"
#include "../../drivers/vwan/fault.c"
#include "../../drivers/vwan/line.c"
#include "../../drivers/vwan/q931.c"
#include "../../drivers/vwan/route.c"
#include "../../drivers/vwan/wan.c"
#include "../../drivers/vwan/config.c"

#include "vwan_world.h"

struct workqueue_struct *vwan_wq;

u32 world_exchange_calls(struct vwan_exchange *exchange)
{
	u32 calls;

	spin_lock(&exchange->lock);
	calls = exchange->nr_calls;
	spin_unlock(&exchange->lock);
	return calls;
}

u64 world_exchange_late(struct vwan_exchange *exchange)
{
	return atomic64_read(&exchange->late);
}

u64 world_exchange_made(struct vwan_exchange *exchange)
{
	u64 made;

	spin_lock(&exchange->lock);
	made = exchange->made;
	spin_unlock(&exchange->lock);
	return made;
}

u32 world_exchange_numbers(struct vwan_exchange *exchange)
{
	u32 numbers;

	spin_lock(&exchange->lock);
	numbers = exchange->nr_numbers;
	spin_unlock(&exchange->lock);
	return numbers;
}

void world_exchange_down(struct vwan_exchange *exchange)
{
	exchange_clear(exchange);
}
