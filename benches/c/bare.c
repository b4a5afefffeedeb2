/*
 * bench_bare: the system calls of a pipe and a queue as methods of a C extension, and the loop of a worker, with no state
 * and no check around them. A read of a pipe has room for descriptors and ends after 100 ms, as those of the module.
 *
 * What it costs above floor.c is the price of PHP itself: method calls, strings, and the engine in the caches.
 */
#include "php.h"
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/socket.h>
#include <sys/time.h>

#define SEND_BUFFER (8 * 1024 * 1024)
#define ROOM 8192
/* Up to here a copy is cheaper than a new string of ROOM bytes. */
#define SHORT 2048

/* Texts are received into a string: the type of a queue's message lands in `len`, right in front of the text. */
static zend_string *room;

static struct {
	long type;
	char text[ROOM];
} message = {.type = 1};

/* A worker receives far from the beginning of a page, where its messages lie elsewhere; see docs/performance.md. */
static struct {
	char before[2048 - sizeof(long)];
	struct {
		long type;
		char text[ROOM];
	} message;
} inbox __attribute__((aligned(4096)));

/* Room for descriptors that come with a message. */
static char control[256] __attribute__((aligned(8)));

static zend_string *take_room(void)
{
	if (!room) room = zend_string_alloc(ROOM, 0);
	return room;
}

static void give(zval *return_value, ssize_t len)
{
	if (len < 0) {
		RETURN_FALSE;
	}
	if (len <= SHORT) {
		RETURN_STRINGL(ZSTR_VAL(room), len);
	}
	zend_string *text = room;
	room = NULL;
	ZSTR_LEN(text) = ROOM;
	text = zend_string_truncate(text, len, 0);
	ZSTR_VAL(text)[len] = '\0';
	RETURN_NEW_STR(text);
}

ZEND_BEGIN_ARG_INFO_EX(arginfo_one, 0, 0, 1)
	ZEND_ARG_TYPE_INFO(0, number, IS_LONG, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_INFO_EX(arginfo_number_and_data, 0, 0, 2)
	ZEND_ARG_TYPE_INFO(0, number, IS_LONG, 0)
	ZEND_ARG_TYPE_INFO(0, data, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_INFO_EX(arginfo_serve, 0, 0, 3)
	ZEND_ARG_TYPE_INFO(0, number, IS_LONG, 0)
	ZEND_ARG_TYPE_INFO(0, is_queue, _IS_BOOL, 0)
	ZEND_ARG_TYPE_INFO(0, handler, IS_CALLABLE, 0)
ZEND_END_ARG_INFO()

/* pair(int $type): array: two descriptors. */
ZEND_METHOD(Bare, pair)
{
	zend_long type;
	int pair[2], size = SEND_BUFFER;
	struct timeval limit = {.tv_usec = 100 * 1000};
	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_LONG(type)
	ZEND_PARSE_PARAMETERS_END();
	if (socketpair(AF_UNIX, (int)type | SOCK_CLOEXEC, 0, pair) < 0) {
		RETURN_FALSE;
	}
	array_init(return_value);
	for (int i = 0; i < 2; i++) {
		setsockopt(pair[i], SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
		setsockopt(pair[i], SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
		setsockopt(pair[i], SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
		add_next_index_long(return_value, pair[i]);
	}
}

ZEND_METHOD(Bare, send)
{
	zend_long fd;
	zend_string *data;
	ZEND_PARSE_PARAMETERS_START(2, 2)
		Z_PARAM_LONG(fd)
		Z_PARAM_STR(data)
	ZEND_PARSE_PARAMETERS_END();
	RETURN_LONG(send((int)fd, ZSTR_VAL(data), ZSTR_LEN(data), MSG_NOSIGNAL));
}

ZEND_METHOD(Bare, receive)
{
	zend_long fd;
	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_LONG(fd)
	ZEND_PARSE_PARAMETERS_END();
	struct iovec part = {.iov_base = ZSTR_VAL(take_room()), .iov_len = ROOM};
	struct msghdr message = {
		.msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control,
	};
	ssize_t len;
	do {
		len = recvmsg((int)fd, &message, MSG_CMSG_CLOEXEC);
	} while (len < 0 && errno == EAGAIN);
	give(return_value, len);
}

ZEND_METHOD(Bare, queue)
{
	zend_long key;
	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_LONG(key)
	ZEND_PARSE_PARAMETERS_END();
	RETURN_LONG(msgget((key_t)key, IPC_CREAT | 0600));
}

ZEND_METHOD(Bare, push)
{
	zend_long queue;
	zend_string *data;
	ZEND_PARSE_PARAMETERS_START(2, 2)
		Z_PARAM_LONG(queue)
		Z_PARAM_STR(data)
	ZEND_PARSE_PARAMETERS_END();
	if (ZSTR_LEN(data) > ROOM) {
		RETURN_FALSE;
	}
	memcpy(message.text, ZSTR_VAL(data), ZSTR_LEN(data));
	RETURN_BOOL(msgsnd((int)queue, &message, ZSTR_LEN(data), 0) == 0);
}

ZEND_METHOD(Bare, pop)
{
	zend_long queue;
	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_LONG(queue)
	ZEND_PARSE_PARAMETERS_END();
	give(return_value, msgrcv((int)queue, &ZSTR_LEN(take_room()), ROOM, 0, 0));
}

/* serve(int $number, bool $is_queue, callable $handler): calls the handler with this object and each message. */
ZEND_METHOD(Bare, serve)
{
	zend_long number;
	bool is_queue;
	zend_fcall_info info;
	zend_fcall_info_cache cache;
	zval result, arguments[2];
	ZEND_PARSE_PARAMETERS_START(3, 3)
		Z_PARAM_LONG(number)
		Z_PARAM_BOOL(is_queue)
		Z_PARAM_FUNC(info, cache)
	ZEND_PARSE_PARAMETERS_END();
	info.retval = &result;
	info.params = arguments;
	info.param_count = 2;
	ZVAL_OBJ(&arguments[0], Z_OBJ_P(ZEND_THIS));
	while (!EG(exception)) {
		struct iovec part = {.iov_base = inbox.message.text, .iov_len = ROOM};
		struct msghdr packet = {
			.msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control,
		};
		ssize_t len = is_queue
			? msgrcv((int)number, &inbox.message, ROOM, 0, 0)
			: recvmsg((int)number, &packet, MSG_CMSG_CLOEXEC | MSG_TRUNC);
		if (len < 0 && errno == EAGAIN) {
			continue;
		}
		if (len <= 0) {
			return;
		}
		ZVAL_STRINGL(&arguments[1], inbox.message.text, len);
		zend_call_function(&info, &cache);
		zval_ptr_dtor(&result);
		zval_ptr_dtor(&arguments[1]);
	}
}

ZEND_METHOD(Bare, freeQueue)
{
	zend_long queue;
	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_LONG(queue)
	ZEND_PARSE_PARAMETERS_END();
	RETURN_BOOL(msgctl((int)queue, IPC_RMID, NULL) == 0);
}

static const zend_function_entry methods[] = {
	ZEND_ME(Bare, pair, arginfo_one, ZEND_ACC_PUBLIC)
	ZEND_ME(Bare, send, arginfo_number_and_data, ZEND_ACC_PUBLIC)
	ZEND_ME(Bare, receive, arginfo_one, ZEND_ACC_PUBLIC)
	ZEND_ME(Bare, queue, arginfo_one, ZEND_ACC_PUBLIC)
	ZEND_ME(Bare, push, arginfo_number_and_data, ZEND_ACC_PUBLIC)
	ZEND_ME(Bare, pop, arginfo_one, ZEND_ACC_PUBLIC)
	ZEND_ME(Bare, serve, arginfo_serve, ZEND_ACC_PUBLIC)
	ZEND_ME(Bare, freeQueue, arginfo_one, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static PHP_MINIT_FUNCTION(bench_bare)
{
	zend_class_entry entry;
	(void)type;
	(void)module_number;
	INIT_CLASS_ENTRY(entry, "Bare", methods);
	zend_register_internal_class(&entry);
	return SUCCESS;
}

static PHP_RSHUTDOWN_FUNCTION(bench_bare)
{
	(void)type;
	(void)module_number;
	if (room) {
		ZSTR_LEN(room) = ROOM;
		zend_string_efree(room);
		room = NULL;
	}
	return SUCCESS;
}

zend_module_entry bench_bare_module_entry = {
	STANDARD_MODULE_HEADER,
	"bench_bare",
	NULL,
	PHP_MINIT(bench_bare),
	NULL,
	NULL,
	PHP_RSHUTDOWN(bench_bare),
	NULL,
	"1",
	STANDARD_MODULE_PROPERTIES
};

ZEND_GET_MODULE(bench_bare)
