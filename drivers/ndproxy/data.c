// SPDX-License-Identifier: GPL-2.0
/*
 * The data file of a call: packets by read and write.
 *
 * What comes before the file is made, or while it is not read, is queued up to a
 * limit; what does not fit is lost and counted.  The queue belongs to the call, so
 * that what was received can still be read when the call is over.
 */
#include <linux/anon_inodes.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/poll.h>
#include <linux/ppp-ioctl.h>
#include <linux/rcupdate.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/uio.h>
#include <condis/data.h>
#include <condis/oid.h>

#include "ndproxy.h"

/**
 * struct ndproxy_data - a data file
 * @call: its call (a reference)
 * @session: who made it (a reference); charged with it and its packets
 * @wait: readers, writers and pollers
 * @copying: packets that readers have taken and may have to put back
 * @attached: it is the call's data file
 * @rcu: those who wake do so without a reference
 */
struct ndproxy_data {
	struct ndproxy_call *call;
	struct ndproxy_session *session;
	wait_queue_head_t wait;
	atomic_t copying;
	bool attached;
	struct rcu_head rcu;
};

/* Our part of a packet's control block. */
struct packet_cb {
	bool charged;
};

static struct packet_cb *packet_cb(struct sk_buff *skb)
{
	return (struct packet_cb *)skb->cb;
}

static struct ndproxy_data *call_data(struct ndproxy_call *call)
{
	return rcu_dereference_protected(call->data, lockdep_is_held(&call->data_lock));
}

static void data_wake_locked(struct ndproxy_call *call, __poll_t events)
{
	struct ndproxy_data *data = call_data(call);

	/* Who is going to wait for packets looks under the lock, and is in the list by then. */
	if (data && waitqueue_active(&data->wait))
		wake_up_interruptible_poll(&data->wait, events);
}

/**
 * ndproxy_data_start() - the call is connected: packets may flow
 * @call: the call, with a VC
 *
 * Context: the adapter's lock held
 */
void ndproxy_data_start(struct ndproxy_call *call)
{
	spin_lock_bh(&call->data_lock);
	if (!call->data_ended)
		call->data_open = true;
	spin_unlock_bh(&call->data_lock);
}

/**
 * ndproxy_data_stop() - the call is over: no packet is sent or taken any more
 * @call: the call
 *
 * Context: the adapter's lock held
 */
void ndproxy_data_stop(struct ndproxy_call *call)
{
	struct ndproxy_data *data;

	/* Once: all who say so have the adapter's lock. */
	lockdep_assert_held(&call->line->adapter->lock);
	if (call->data_ended)
		return;
	spin_lock_bh(&call->data_lock);
	call->data_open = false;
	WRITE_ONCE(call->data_ended, true);
	/* Also each of those that wait exclusively: of the end everybody hears. */
	data = call_data(call);
	if (data)
		wake_up_interruptible_all(&data->wait);
	spin_unlock_bh(&call->data_lock);
}

/**
 * ndproxy_data_wake() - there may be room to send
 * @call: the call
 *
 * Context: any but hard interrupts
 */
void ndproxy_data_wake(struct ndproxy_call *call)
{
	struct ndproxy_data *data;

	rcu_read_lock();
	data = rcu_dereference(call->data);
	/* Pairs with the barriers of those who wait, before they look for the room. */
	if (data && wq_has_sleeper(&data->wait))
		wake_up_interruptible_poll(&data->wait, EPOLLOUT | EPOLLWRNORM);
	rcu_read_unlock();
}

/**
 * ndproxy_data_hand_over() - the packets are NDISWAN's from here on
 * @call: the call, to whose leg A NDISWAN is attached
 *
 * Those that were not read go first.  One that comes at this moment is queued with
 * them, or goes behind them: the lock says which.
 *
 * Return: 0; -ENOTCONN: the call is over, or nobody is attached
 *
 * Context: process context, no lock held
 */
int ndproxy_data_hand_over(struct ndproxy_call *call)
{
	struct ndproxy_data *data;
	struct sk_buff *skb;
	int err = -ENOTCONN;

	spin_lock_bh(&call->data_lock);
	if (!call->data_open)
		goto unlock;
	data = call_data(call);
	skb_queue_walk(&call->packets, skb) {
		/* Only a data file's packets are charged, and it is there as long as they are. */
		if (packet_cb(skb)->charged)
			ndproxy_session_uncharge(data->session, CONDIS_CHARGE_PACKET);
		packet_cb(skb)->charged = false;
	}
	err = condis_co_hand_over_data(call->vc, &call->packets);
	if (!err)
		WRITE_ONCE(call->handed_over, true);
	if (data)
		wake_up_interruptible_all(&data->wait);
unlock:
	spin_unlock_bh(&call->data_lock);
	return err;
}

/**
 * ndproxy_data_take_back() - NDISWAN has left: packets are for the data file again
 * @call: the call
 *
 * Context: process context, no lock held
 */
void ndproxy_data_take_back(struct ndproxy_call *call)
{
	struct ndproxy_data *data;

	spin_lock_bh(&call->data_lock);
	WRITE_ONCE(call->handed_over, false);
	data = call_data(call);
	/* Who waits for a packet, or for room, has been told that there is neither. */
	if (data)
		wake_up_interruptible_all(&data->wait);
	spin_unlock_bh(&call->data_lock);
}

/* Whether there is room for one more packet; charges who reads them. */
static bool packet_admit(struct ndproxy_call *call, struct sk_buff *skb)
{
	struct ndproxy_data *data = call_data(call);

	packet_cb(skb)->charged = false;
	if (!data)
		return skb_queue_len(&call->packets) < NDPROXY_PACKETS_UNOPENED;
	if (skb_queue_len(&call->packets) >= NDPROXY_PACKETS_OPEN ||
	    ndproxy_session_charge(data->session, CONDIS_CHARGE_PACKET))
		return false;
	packet_cb(skb)->charged = true;
	return true;
}

/**
 * ndproxy_data_receive() - a packet has come
 * @call: the call
 * @skb: the packet; ours
 *
 * Context: any but hard interrupts
 */
void ndproxy_data_receive(struct ndproxy_call *call, struct sk_buff *skb)
{
	bool taken = false;

	spin_lock_bh(&call->data_lock);
	if (call->handed_over && call->data_open && condis_co_pass_data(call->vc, skb)) {
		taken = true;
	} else if (!call->data_ended && skb->len) {
		taken = packet_admit(call, skb);
		if (taken) {
			__skb_queue_tail(&call->packets, skb);
			data_wake_locked(call, EPOLLIN | EPOLLRDNORM);
		} else {
			call->lost++;
		}
	}
	spin_unlock_bh(&call->data_lock);
	if (!taken)
		dev_kfree_skb_any(skb);
}

static void packet_free(struct ndproxy_session *session, struct sk_buff *skb)
{
	if (packet_cb(skb)->charged)
		ndproxy_session_uncharge(session, CONDIS_CHARGE_PACKET);
	consume_skb(skb);
}

/**
 * ndproxy_data_purge() - free the packets that nobody will read
 * @call: the call, without a data file
 *
 * Context: any but interrupts
 */
void ndproxy_data_purge(struct ndproxy_call *call)
{
	struct sk_buff *skb;

	while ((skb = __skb_dequeue(&call->packets)))
		packet_free(NULL, skb);
}

/* Whether no packet comes any more, not even back from another reader. */
static bool data_over(struct ndproxy_data *data)
{
	lockdep_assert_held(&data->call->data_lock);
	if (!data->call->data_ended)
		return false;
	smp_rmb();	/* pairs with packet_copied() */
	return !atomic_read(&data->copying);
}

static bool data_readable_locked(struct ndproxy_data *data)
{
	return !skb_queue_empty(&data->call->packets) || data_over(data);
}

static bool data_readable(struct ndproxy_data *data)
{
	bool readable;

	spin_lock_bh(&data->call->data_lock);
	readable = data->call->handed_over || data_readable_locked(data);
	spin_unlock_bh(&data->call->data_lock);
	return readable;
}

static bool data_nonblock(struct kiocb *iocb)
{
	return iocb->ki_filp->f_flags & O_NONBLOCK || iocb->ki_flags & IOCB_NOWAIT;
}

/* The next packet that fits @space: NULL and 0 at the end, NULL and an error. */
static struct sk_buff *packet_take(struct ndproxy_data *data, size_t space, bool nonblock,
				   int *err)
{
	struct ndproxy_call *call = data->call;
	struct sk_buff *skb;
	bool over;

	for (;;) {
		*err = 0;
		over = false;
		spin_lock_bh(&call->data_lock);
		skb = skb_peek(&call->packets);
		if (call->handed_over) {
			*err = -EBUSY;
			skb = NULL;
		} else if (!skb) {
			over = data_over(data);
		} else if (skb->len > space) {
			*err = -EMSGSIZE;
			skb = NULL;
		} else {
			__skb_unlink(skb, &call->packets);
			atomic_inc(&data->copying);
		}
		spin_unlock_bh(&call->data_lock);
		if (skb || *err || over)
			return skb;
		if (nonblock)
			*err = -EAGAIN;
		else
			*err = wait_event_interruptible(data->wait, data_readable(data));
		if (*err)
			return NULL;
	}
}

/* A packet was read: whoever has met the end of the call meanwhile may be at the end. */
static void packet_copied(struct ndproxy_data *data)
{
	atomic_dec(&data->copying);
	smp_mb__after_atomic();	/* pairs with data_over() */
	if (READ_ONCE(data->call->data_ended))
		wake_up_interruptible_all(&data->wait);
}

/* A packet could not be read: it stays for the next read. */
static void packet_put_back(struct ndproxy_data *data, struct sk_buff *skb)
{
	struct ndproxy_call *call = data->call;

	spin_lock_bh(&call->data_lock);
	__skb_queue_head(&call->packets, skb);
	atomic_dec(&data->copying);
	/* Who looked meanwhile has seen none. */
	data_wake_locked(call, EPOLLIN | EPOLLRDNORM);
	spin_unlock_bh(&call->data_lock);
}

static bool packet_copy(struct sk_buff *skb, struct iov_iter *to)
{
	if (skb_is_nonlinear(skb))
		return !skb_copy_datagram_iter(skb, 0, to, skb->len);
	return copy_to_iter(skb->data, skb->len, to) == skb->len;
}

static ssize_t data_read_iter(struct kiocb *iocb, struct iov_iter *to)
{
	struct ndproxy_data *data = iocb->ki_filp->private_data;
	struct sk_buff *skb;
	ssize_t len;
	int err;

	skb = packet_take(data, iov_iter_count(to), data_nonblock(iocb), &err);
	if (!skb)
		return err;

	len = skb->len;
	if (!packet_copy(skb, to)) {
		packet_put_back(data, skb);
		return -EFAULT;
	}
	packet_copied(data);
	packet_free(data->session, skb);
	return len;
}

/* The VC that a packet can be sent on, with a reference, or NULL. */
static struct condis_vc *data_vc(struct ndproxy_call *call)
{
	struct condis_vc *vc = NULL;

	spin_lock_bh(&call->data_lock);
	if (call->data_open) {
		vc = call->vc;
		condis_vc_hold(vc);
	}
	spin_unlock_bh(&call->data_lock);
	return vc;
}

static bool data_writable(struct ndproxy_call *call)
{
	bool writable;

	spin_lock_bh(&call->data_lock);
	writable = !call->data_open || call->handed_over || condis_co_send_room(call->vc);
	spin_unlock_bh(&call->data_lock);
	return writable;
}

static int data_send(struct ndproxy_data *data, struct sk_buff *skb, bool nonblock)
{
	struct ndproxy_call *call = data->call;
	struct condis_vc *vc;
	int err;

	for (;;) {
		vc = data_vc(call);
		if (!vc)
			return -EPIPE;
		if (READ_ONCE(call->handed_over)) {
			condis_vc_put(vc);
			return -EBUSY;
		}
		/* A reset that is told of waits a grace period before it calls a send a breach. */
		rcu_read_lock();
		err = READ_ONCE(call->line->adapter->resetting) ? -ENETDOWN :
								  condis_co_send(vc, skb);
		rcu_read_unlock();
		condis_vc_put(vc);
		/* Hung up; the upcall that says so is on its way. */
		if (err == -ENOTCONN)
			return -EPIPE;
		if (err != -EAGAIN || nonblock)
			return err;

		err = wait_event_interruptible(data->wait, data_writable(call));
		if (err)
			return err;
	}
}

static ssize_t data_write_iter(struct kiocb *iocb, struct iov_iter *from)
{
	struct ndproxy_data *data = iocb->ki_filp->private_data;
	size_t len = iov_iter_count(from);
	struct sk_buff *skb;
	int err;

	if (READ_ONCE(data->call->data_ended))
		return -EPIPE;
	if (!len || len > READ_ONCE(data->call->max_sdu))
		return -EMSGSIZE;

	skb = alloc_skb(len, GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
	if (!skb)
		return -ENOMEM;
	if (!copy_from_iter_full(skb_put(skb, len), len, from)) {
		kfree_skb(skb);
		return -EFAULT;
	}
	err = data_send(data, skb, data_nonblock(iocb));
	if (err) {
		kfree_skb(skb);
		return err;
	}
	return len;
}

static __poll_t data_poll(struct file *file, poll_table *wait)
{
	struct ndproxy_data *data = file->private_data;
	struct ndproxy_call *call = data->call;
	__poll_t events = 0;

	poll_wait(file, &data->wait, wait);
	smp_mb();	/* pairs with ndproxy_data_wake() */
	spin_lock_bh(&call->data_lock);
	if (!call->handed_over && data_readable_locked(data))
		events |= EPOLLIN | EPOLLRDNORM;
	if (call->data_ended)
		events |= EPOLLHUP;
	else if (!call->handed_over && call->data_open && condis_co_send_room(call->vc))
		events |= EPOLLOUT | EPOLLWRNORM;
	spin_unlock_bh(&call->data_lock);
	return events;
}

/* Whose data it is decides what can be asked: the file itself is the right to it. */
static long data_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct ndproxy_data *data = file->private_data;
	int index;

	if (cmd != PPPIOCGCHAN)
		return -ENOTTY;
	index = ndproxy_leg_b_open(data->call);
	if (index < 0)
		return index;
	return put_user(index, (int __user *)arg);
}

static int data_release(struct inode *inode, struct file *file)
{
	struct ndproxy_data *data = file->private_data;
	struct ndproxy_session *session = data->session;
	struct ndproxy_call *call = data->call;
	struct sk_buff_head unread;
	struct sk_buff *skb;

	__skb_queue_head_init(&unread);
	if (data->attached) {
		spin_lock_bh(&call->data_lock);
		RCU_INIT_POINTER(call->data, NULL);
		skb_queue_splice_init(&call->packets, &unread);
		spin_unlock_bh(&call->data_lock);
	}
	while ((skb = __skb_dequeue(&unread)))
		packet_free(session, skb);

	ndproxy_call_put(call);
	ndproxy_session_uncharge(session, CONDIS_CHARGE_DATA);
	ndproxy_session_put(session);
	kfree_rcu(data, rcu);
	return 0;
}

/* What the miniport has counted of a call that carries PPP, as an interface counts. */
static void data_show_stats(struct seq_file *m, struct ndproxy_call *call)
{
	struct condis_wan_stats stats = {};
	struct condis_vc *vc = data_vc(call);
	int err;

	if (!vc)
		return;
	/* For nobody: who reads this does not wait for a miniport. */
	err = condis_co_data_oid_request(vc, NULL, OID_WAN_CO_GET_STATS_INFO, &stats,
					 sizeof(stats));
	condis_vc_put(vc);
	if (err)
		return;
	seq_printf(m, "tx_packets:\t%llu\ntx_bytes:\t%llu\n", stats.frames_sent,
		   stats.bytes_sent);
	seq_printf(m, "rx_packets:\t%llu\nrx_bytes:\t%llu\nrx_errors:\t%llu\n",
		   stats.frames_received, stats.bytes_received, stats.lost);
}

/* What is queued, and what was lost because it was not read in time. */
static void data_show_fdinfo(struct seq_file *m, struct file *file)
{
	struct ndproxy_data *data = file->private_data;
	struct ndproxy_call *call = data->call;
	u32 queued;
	u64 lost;

	spin_lock_bh(&call->data_lock);
	queued = skb_queue_len(&call->packets);
	lost = call->lost;
	spin_unlock_bh(&call->data_lock);
	seq_printf(m, "call:\t%llu\npackets:\t%u\nlost:\t%llu\n", call->vc_id, queued, lost);
	data_show_stats(m, call);
}

static const struct file_operations data_fops = {
	.owner = THIS_MODULE,
	.read_iter = data_read_iter,
	.write_iter = data_write_iter,
	.poll = data_poll,
	.unlocked_ioctl = data_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
	.release = data_release,
	.show_fdinfo = data_show_fdinfo,
};

/* A file that is not yet anybody's; its release gives everything back. */
static struct file *data_make_file(struct ndproxy_session *session, struct ndproxy_call *call,
				   u32 flags)
{
	struct ndproxy_data *data;
	struct file *file;
	int err;

	err = ndproxy_session_charge(session, CONDIS_CHARGE_DATA);
	if (err)
		return ERR_PTR(err);
	err = -ENOMEM;
	data = kzalloc(sizeof(*data), GFP_KERNEL_ACCOUNT);
	if (!data)
		goto uncharge;
	init_waitqueue_head(&data->wait);
	data->call = call;
	data->session = session;

	file = anon_inode_getfile("[ndproxy-data]", &data_fops, data,
				  O_RDWR | (flags & NDPROXY_DATA_NONBLOCK ? O_NONBLOCK : 0));
	if (IS_ERR(file)) {
		err = PTR_ERR(file);
		goto free;
	}
	/* From here on the file's release undoes it. */
	ndproxy_call_hold(call);
	kref_get(&session->ref);
	stream_open(file_inode(file), file);
	file->f_mode |= FMODE_NOWAIT;
	return file;

free:
	kfree(data);
uncharge:
	ndproxy_session_uncharge(session, CONDIS_CHARGE_DATA);
	return ERR_PTR(err);
}

static int data_attach(struct ndproxy_call *call, struct ndproxy_data *data)
{
	int err = 0;

	spin_lock_bh(&call->data_lock);
	if (call_data(call)) {
		err = -EBUSY;
	} else {
		rcu_assign_pointer(call->data, data);
		data->attached = true;
	}
	spin_unlock_bh(&call->data_lock);
	return err;
}

/* Whether the call has, or had, a bearer that this handle may use. */
static int open_data_check(struct ndproxy_command *cmd, const struct ndproxy_open_data *open,
			   struct ndproxy_call_handle *ch)
{
	int err = ndproxy_call_handle_use(ch);

	if (err)
		return ndproxy_bad(cmd, &open->call, err);
	if (ch->privilege != LINECALLPRIVILEGE_OWNER)
		return ndproxy_bad(cmd, &open->call, -EPERM);
	switch (ch->call->state) {
	case NDPROXY_CALL_CONNECTED:
		return 0;
	case NDPROXY_CALL_DISCONNECTED:
	case NDPROXY_CALL_CLEARED:
		/* To read what came before the end. */
		if (ch->call->max_sdu)
			return 0;
		fallthrough;
	default:
		return ndproxy_bad(cmd, &open->call, -ENOTCONN);
	}
}

/**
 * ndproxy_open_data() - NDPROXY_OPEN_DATA
 * @cmd: the command
 * @arg: struct ndproxy_open_data
 *
 * Return: 0: the file is in @cmd; -EINVAL, -EBADF, -ENODEV, -EPERM, -ENOTCONN, -EBUSY, -EMFILE,
 * -ENFILE, -EDQUOT, -ENOMEM
 *
 * Context: process context
 */
int ndproxy_open_data(struct ndproxy_command *cmd, void *arg)
{
	struct ndproxy_open_data *open = arg;
	struct ndproxy_call_handle *ch;
	struct ndproxy_call *call;
	struct file *file;
	int err, fd;

	if (open->flags & ~NDPROXY_DATA_NONBLOCK)
		return ndproxy_bad(cmd, &open->flags, -EINVAL);
	err = ndproxy_call_handle_get(cmd->session, open->call, &ch);
	if (err)
		return ndproxy_bad(cmd, &open->call, err);
	call = ch->call;
	spin_lock(ndproxy_call_lock(ch));
	err = open_data_check(cmd, open, ch);
	spin_unlock(ndproxy_call_lock(ch));
	if (err)
		goto put_handle;

	fd = get_unused_fd_flags(O_CLOEXEC);
	if (fd < 0) {
		err = fd;
		goto put_handle;
	}
	file = data_make_file(cmd->session, call, open->flags);
	if (IS_ERR(file)) {
		err = PTR_ERR(file);
		goto put_fd;
	}

	/* It may all have changed meanwhile. */
	spin_lock(ndproxy_call_lock(ch));
	err = open_data_check(cmd, open, ch);
	if (!err)
		err = data_attach(call, file->private_data);
	open->max_sdu = call->max_sdu;
	spin_unlock(ndproxy_call_lock(ch));
	if (err)
		goto put_file;

	open->fd = fd;
	cmd->fd = fd;
	cmd->file = file;
	ndproxy_handle_put(&ch->handle);
	return 0;

put_file:
	fput(file);
put_fd:
	put_unused_fd(fd);
put_handle:
	ndproxy_handle_put(&ch->handle);
	return err;
}

/**
 * ndproxy_open_data_finish() - give the caller the file, or take it back
 * @cmd: the command
 * @arg: struct ndproxy_open_data
 * @err: -EFAULT if the caller cannot be told the descriptor
 *
 * Return: @err
 *
 * Context: process context
 */
int ndproxy_open_data_finish(struct ndproxy_command *cmd, void *arg, int err)
{
	if (err) {
		put_unused_fd(cmd->fd);
		fput(cmd->file);
	} else {
		fd_install(cmd->fd, cmd->file);
	}
	return err;
}
