--TEST--
swoole_async_set() takes every option of Swoole, also those that mean nothing here, without a word; unknown names too.
--FILE--
<?php
// Pins: swoole_async_set() takes every option of Swoole, also those that mean nothing here, without a word; unknown names too.
// Status: documented (names).
swoole_async_set([
    'disable_dns_cache' => true, 'dns_lookup_random' => true, 'dns_cache_refresh_time' => 60, 'thread_num' => 2,
    'min_thread_num' => 1, 'max_thread_num' => 4, 'aio_core_worker_num' => 2, 'aio_worker_num' => 4,
    'use_async_resolver' => false, 'enable_signalfd' => true, 'wait_signal' => true, 'socket_dontwait' => false,
    'socket_buffer_size' => 1 << 20, 'dns_server' => '127.0.0.1', 'max_concurrency' => 100, 'trace_flags' => 0,
    'print_backtrace_on_error' => false, 'no_such_option_here' => 1,
]);
Swoole\Coroutine::set(['dns_cache_capacity' => 100, 'no_such_option_here' => 1, 'aio_worker_num' => 2]);
echo "done\n";
--EXPECT--
done
