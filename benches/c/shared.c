/*
 * bench_shared: the floor of Atomic, Lock and Table: the same method calls in a C extension, with nothing but what cannot be
 * left out. A number is an atomic instruction; a lock is a process-shared mutex or read-write lock of pthread. A row is found
 * by the hash that PHP has for its key already, its key is compared, and its data are copied; one that writes has a lock of one
 * bit meanwhile, and one that reads looks at a version before and after. Two keys never meet, nothing waits, and whoever is
 * killed leaves a mess.
 */
#include "php.h"
#include <pthread.h>
#include <stdint.h>
#include <sys/mman.h>

#define ROWS (1 << 21)
#define TEXT 32

struct row {
	uint64_t lock;
	uint64_t version;
	char key[64];
	int64_t number;
	double real;
	uint64_t length;
	char text[TEXT];
};

static struct shared {
	uint64_t number;
	pthread_mutex_t mutex __attribute__((aligned(64)));
	pthread_rwlock_t lock __attribute__((aligned(64)));
	struct row rows[ROWS] __attribute__((aligned(64)));
} *shared;

static zend_string *number, *real, *text;


ZEND_BEGIN_ARG_INFO_EX(arginfo_number, 0, 0, 1)
	ZEND_ARG_TYPE_INFO(0, number, IS_LONG, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_INFO_EX(arginfo_key, 0, 0, 1)
	ZEND_ARG_TYPE_INFO(0, key, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_INFO_EX(arginfo_key_and_row, 0, 0, 2)
	ZEND_ARG_TYPE_INFO(0, key, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, row, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_INFO_EX(arginfo_key_and_column, 0, 0, 2)
	ZEND_ARG_TYPE_INFO(0, key, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, column, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_METHOD(Shared, add)
{
	zend_long by;
	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_LONG(by)
	ZEND_PARSE_PARAMETERS_END();
	RETURN_LONG((zend_long)__atomic_add_fetch(&shared->number, (uint64_t)by, __ATOMIC_SEQ_CST));
}

/* lock(int $kind): 0 a mutex, 1 for reading, 2 for writing. */
ZEND_METHOD(Shared, lock)
{
	zend_long kind;
	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_LONG(kind)
	ZEND_PARSE_PARAMETERS_END();
	int error = kind == 0 ? pthread_mutex_lock(&shared->mutex)
		: kind == 1 ? pthread_rwlock_rdlock(&shared->lock)
		: pthread_rwlock_wrlock(&shared->lock);
	RETURN_BOOL(error == 0);
}

ZEND_METHOD(Shared, unlock)
{
	zend_long kind;
	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_LONG(kind)
	ZEND_PARSE_PARAMETERS_END();
	RETURN_BOOL((kind == 0 ? pthread_mutex_unlock(&shared->mutex) : pthread_rwlock_unlock(&shared->lock)) == 0);
}

static struct row *find(zend_string *key)
{
	return &shared->rows[zend_string_hash_val(key) & (ROWS - 1)];
}

static void begin(struct row *row)
{
	uint64_t unlocked = 0;
	while (!__atomic_compare_exchange_n(&row->lock, &unlocked, 1, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) unlocked = 0;
}

static void end(struct row *row)
{
	__atomic_store_n(&row->lock, 0, __ATOMIC_RELEASE);
}

static int is_there(const struct row *row, const zend_string *key)
{
	return memcmp(row->key, ZSTR_VAL(key), ZSTR_LEN(key) + 1) == 0;
}

ZEND_METHOD(Shared, set)
{
	zend_string *key;
	HashTable *values;
	ZEND_PARSE_PARAMETERS_START(2, 2)
		Z_PARAM_STR(key)
		Z_PARAM_ARRAY_HT(values)
	ZEND_PARSE_PARAMETERS_END();
	struct row row = {0}, *place = find(key);
	zval *value = zend_hash_find(values, number);
	row.number = zval_get_long(value);
	value = zend_hash_find(values, real);
	row.real = zval_get_double(value);
	value = zend_hash_find(values, text);
	row.length = Z_STRLEN_P(value) > TEXT ? TEXT : Z_STRLEN_P(value);
	memcpy(row.text, Z_STRVAL_P(value), row.length);
	begin(place);
	__atomic_store_n(&place->version, place->version + 1, __ATOMIC_RELEASE);
	if (!is_there(place, key)) memcpy(place->key, ZSTR_VAL(key), ZSTR_LEN(key) + 1);
	memcpy(&place->number, &row.number, sizeof row - offsetof(struct row, number));
	__atomic_store_n(&place->version, place->version + 1, __ATOMIC_RELEASE);
	end(place);
	RETURN_TRUE;
}

ZEND_METHOD(Shared, get)
{
	zend_string *key;
	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_STR(key)
	ZEND_PARSE_PARAMETERS_END();
	struct row row, *place = find(key);
	uint64_t version;
	int found;
	do {
		version = __atomic_load_n(&place->version, __ATOMIC_ACQUIRE);
		/* Another key may have taken its place; then this gives the other row. */
		found = is_there(place, key);
		memcpy(&row.number, &place->number, sizeof row - offsetof(struct row, number));
		__atomic_thread_fence(__ATOMIC_ACQUIRE);
	} while ((version & 1) || version != __atomic_load_n(&place->version, __ATOMIC_RELAXED));
	if (!found && row.length == 0) {
		RETURN_FALSE;
	}
	zval value;
	array_init_size(return_value, 3);
	ZVAL_LONG(&value, row.number);
	zend_hash_update(Z_ARRVAL_P(return_value), number, &value);
	ZVAL_DOUBLE(&value, row.real);
	zend_hash_update(Z_ARRVAL_P(return_value), real, &value);
	ZVAL_STRINGL(&value, row.text, row.length);
	zend_hash_update(Z_ARRVAL_P(return_value), text, &value);
}

ZEND_METHOD(Shared, incr)
{
	zend_string *key, *column;
	ZEND_PARSE_PARAMETERS_START(2, 2)
		Z_PARAM_STR(key)
		Z_PARAM_STR(column)
	ZEND_PARSE_PARAMETERS_END();
	struct row *place = find(key);
	begin(place);
	int64_t value = place->number;
	if ((is_there(place, key) || place->length > 0) && zend_string_equals(column, number)) {
		value++;
		__atomic_store_n(&place->number, value, __ATOMIC_RELEASE);
	}
	end(place);
	RETURN_LONG(value);
}

static const zend_function_entry methods[] = {
	ZEND_ME(Shared, add, arginfo_number, ZEND_ACC_PUBLIC)
	ZEND_ME(Shared, lock, arginfo_number, ZEND_ACC_PUBLIC)
	ZEND_ME(Shared, unlock, arginfo_number, ZEND_ACC_PUBLIC)
	ZEND_ME(Shared, set, arginfo_key_and_row, ZEND_ACC_PUBLIC)
	ZEND_ME(Shared, get, arginfo_key, ZEND_ACC_PUBLIC)
	ZEND_ME(Shared, incr, arginfo_key_and_column, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static PHP_MINIT_FUNCTION(bench_shared)
{
	zend_class_entry entry;
	pthread_mutexattr_t mutex;
	pthread_rwlockattr_t lock;
	(void)type;
	(void)module_number;
	shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (shared == MAP_FAILED) return FAILURE;
	pthread_mutexattr_init(&mutex);
	pthread_mutexattr_setpshared(&mutex, PTHREAD_PROCESS_SHARED);
	pthread_mutexattr_setrobust(&mutex, PTHREAD_MUTEX_ROBUST);
	pthread_mutex_init(&shared->mutex, &mutex);
	pthread_rwlockattr_init(&lock);
	pthread_rwlockattr_setpshared(&lock, PTHREAD_PROCESS_SHARED);
	pthread_rwlock_init(&shared->lock, &lock);
	number = zend_string_init_interned("number", 6, 1);
	real = zend_string_init_interned("real", 4, 1);
	text = zend_string_init_interned("text", 4, 1);
	INIT_CLASS_ENTRY(entry, "Shared", methods);
	zend_register_internal_class(&entry);
	return SUCCESS;
}

zend_module_entry bench_shared_module_entry = {
	STANDARD_MODULE_HEADER,
	"bench_shared",
	NULL,
	PHP_MINIT(bench_shared),
	NULL,
	NULL,
	NULL,
	NULL,
	"1",
	STANDARD_MODULE_PROPERTIES
};

ZEND_GET_MODULE(bench_shared)
