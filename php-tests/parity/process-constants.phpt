--TEST--
the class constants and the global constants that come with processes and queues.
--FILE--
<?php
// Pins: the class constants and the global constants that come with processes and queues.
// Status: documented.
foreach ((new ReflectionClass(Swoole\Process::class))->getConstants() as $k => $v) {
    echo "Process::$k = $v\n";
}
foreach (['SWOOLE_MSGQUEUE_ORIENT', 'SWOOLE_MSGQUEUE_BALANCE', 'SWOOLE_IPC_NONE', 'SWOOLE_IPC_UNIXSOCK',
          'SWOOLE_IPC_SOCKET', 'SWOOLE_IPC_MSGQUEUE', 'SWOOLE_IPC_PREEMPTIVE', 'SWOOLE_EVENT_READ', 'SWOOLE_EVENT_WRITE', 'SWOOLE_CHANNEL_OK',
          'SWOOLE_CHANNEL_TIMEOUT', 'SWOOLE_CHANNEL_CLOSED', 'SWOOLE_CHANNEL_CANCELED', 'SWOOLE_MUTEX', 'SWOOLE_RWLOCK',
          'SWOOLE_SPINLOCK', 'SWOOLE_TIMER_MIN_MS', 'SWOOLE_EXIT_IN_COROUTINE', 'SWOOLE_EXIT_IN_SERVER'] as $c) {
    echo "$c = ", defined($c) ? var_export(constant($c), true) : 'undefined', "\n";
}
--EXPECT--
Process::IPC_NOWAIT = 256
Process::PIPE_MASTER = 1
Process::PIPE_WORKER = 2
Process::PIPE_READ = 3
Process::PIPE_WRITE = 4
Process::PIPE_TYPE_NONE = 0
Process::PIPE_TYPE_STREAM = 1
Process::PIPE_TYPE_DGRAM = 2
SWOOLE_MSGQUEUE_ORIENT = 1
SWOOLE_MSGQUEUE_BALANCE = 2
SWOOLE_IPC_NONE = 0
SWOOLE_IPC_UNIXSOCK = 1
SWOOLE_IPC_SOCKET = 3
SWOOLE_IPC_MSGQUEUE = 2
SWOOLE_IPC_PREEMPTIVE = 3
SWOOLE_EVENT_READ = 512
SWOOLE_EVENT_WRITE = 1024
SWOOLE_CHANNEL_OK = 0
SWOOLE_CHANNEL_TIMEOUT = -1
SWOOLE_CHANNEL_CLOSED = -2
SWOOLE_CHANNEL_CANCELED = -3
SWOOLE_MUTEX = 3
SWOOLE_RWLOCK = 1
SWOOLE_SPINLOCK = 5
SWOOLE_TIMER_MIN_MS = 1
SWOOLE_EXIT_IN_COROUTINE = 2
SWOOLE_EXIT_IN_SERVER = 4
