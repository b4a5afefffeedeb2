/*
 * bench_noop: the cheapest function and the cheapest method an extension can have.
 *
 * They parse their arguments with the fast parser and do nothing else: the floor of a method call.
 */
#include "php.h"

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_bench_noop, 0, 0, IS_LONG, 0)
ZEND_END_ARG_INFO()

ZEND_FUNCTION(bench_noop)
{
	ZEND_PARSE_PARAMETERS_NONE();
	RETURN_LONG(0);
}

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_bench_noop_set, 0, 1, IS_VOID, 0)
	ZEND_ARG_TYPE_INFO(0, settings, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

ZEND_METHOD(BenchNoop, set)
{
	zval *settings;
	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_ARRAY(settings)
	ZEND_PARSE_PARAMETERS_END();
	(void)settings;
}

static const zend_function_entry functions[] = {
	ZEND_FE(bench_noop, arginfo_bench_noop)
	ZEND_FE_END
};

static const zend_function_entry methods[] = {
	ZEND_ME(BenchNoop, set, arginfo_bench_noop_set, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static PHP_MINIT_FUNCTION(bench_noop)
{
	zend_class_entry entry;
	(void)type;
	(void)module_number;
	INIT_CLASS_ENTRY(entry, "BenchNoop", methods);
	zend_register_internal_class(&entry);
	return SUCCESS;
}

zend_module_entry bench_noop_module_entry = {
	STANDARD_MODULE_HEADER,
	"bench_noop",
	functions,
	PHP_MINIT(bench_noop),
	NULL,
	NULL,
	NULL,
	NULL,
	"1",
	STANDARD_MODULE_PROPERTIES
};

ZEND_GET_MODULE(bench_noop)
