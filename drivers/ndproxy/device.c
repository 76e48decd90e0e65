// SPDX-License-Identifier: GPL-2.0
/*
 * The character device.  It has a number of its own: misc devices are opened
 * under one lock for all of them.
 */
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/kdev_t.h>
#include <linux/module.h>
#include <linux/poll.h>
#include <linux/seq_file.h>
#include <linux/uio.h>

#include "ndproxy.h"

static dev_t device_number;
static struct cdev device_cdev;
static struct class *device_class;

static int device_open(struct inode *inode, struct file *file)
{
	struct ndproxy_session *session = ndproxy_session_open(file);

	if (IS_ERR(session))
		return PTR_ERR(session);
	file->private_data = session;
	return stream_open(inode, file);
}

static int device_release(struct inode *inode, struct file *file)
{
	struct ndproxy_session *session = file->private_data;

	/* Posts the closes; who is asked to close holds the rest by reference. */
	ndproxy_session_end(session);
	ndproxy_session_put(session);
	return 0;
}

static ssize_t device_read_iter(struct kiocb *iocb, struct iov_iter *to)
{
	struct file *file = iocb->ki_filp;

	return ndproxy_events_read(file->private_data, to,
				   file->f_flags & O_NONBLOCK || iocb->ki_flags & IOCB_NOWAIT);
}

static __poll_t device_poll(struct file *file, poll_table *wait)
{
	struct ndproxy_session *session = file->private_data;
	__poll_t events = 0;

	poll_wait(file, &session->wait, wait);
	if (ndproxy_events_ready(session))
		events |= EPOLLIN | EPOLLRDNORM;
	if (READ_ONCE(session->ended))
		events |= EPOLLIN | EPOLLRDNORM | EPOLLHUP;
	return events;
}

static int device_fasync(int fd, struct file *file, int on)
{
	struct ndproxy_session *session = file->private_data;

	return fasync_helper(fd, file, on, &session->fasync);
}

static void device_show_fdinfo(struct seq_file *m, struct file *file)
{
	struct ndproxy_session *session = file->private_data;

	seq_printf(m, "session:\t%u\nlines:\t%d\ncalls:\t%d\nended:\t%d\n",
		   condis_account_id(session->account),
		   atomic_read(&session->used[CONDIS_CHARGE_LINE]),
		   atomic_read(&session->used[CONDIS_CHARGE_CALL]),
		   READ_ONCE(session->ended));
}

static const struct file_operations device_fops = {
	.owner = THIS_MODULE,
	.open = device_open,
	.release = device_release,
	.read_iter = device_read_iter,
	.poll = device_poll,
	.fasync = device_fasync,
	.unlocked_ioctl = ndproxy_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
	.show_fdinfo = device_show_fdinfo,
};

/* For systems without our udev rule the node is at least nobody else's. */
static char *device_devnode(condis_devnode_device *dev, umode_t *mode)
{
	if (mode)
		*mode = 0660;
	return NULL;
}

/**
 * ndproxy_device_init() - make /dev/ndproxy
 *
 * Return: 0 or a negative errno
 *
 * Context: module init
 */
int ndproxy_device_init(void)
{
	struct device *device;
	int err;

	err = alloc_chrdev_region(&device_number, 0, 1, "ndproxy");
	if (err)
		return err;

	device_class = condis_class_create("ndproxy");
	if (IS_ERR(device_class)) {
		err = PTR_ERR(device_class);
		goto unregister;
	}
	device_class->devnode = device_devnode;

	cdev_init(&device_cdev, &device_fops);
	device_cdev.owner = THIS_MODULE;
	err = cdev_add(&device_cdev, device_number, 1);
	if (err)
		goto destroy_class;

	device = device_create(device_class, NULL, device_number, NULL, "ndproxy");
	if (IS_ERR(device)) {
		err = PTR_ERR(device);
		goto delete_cdev;
	}
	return 0;

delete_cdev:
	cdev_del(&device_cdev);
destroy_class:
	class_destroy(device_class);
unregister:
	unregister_chrdev_region(device_number, 1);
	return err;
}

/**
 * ndproxy_device_exit() - remove /dev/ndproxy
 *
 * Context: module exit, or a failed init; no file is open
 */
void ndproxy_device_exit(void)
{
	device_destroy(device_class, device_number);
	cdev_del(&device_cdev);
	class_destroy(device_class);
	unregister_chrdev_region(device_number, 1);
}
