<?php
// The part of the table that is about PHP's own functions in coroutines.

namespace Faults;

use Swoole\Coroutine;
use Swoole\Runtime;

/** What $call gives in a coroutine with hooks; then $then is done, on which it waits. */
function hooked(\Closure $call, \Closure $then): mixed
{
    Runtime::enableCoroutine();
    try {
        return meanwhile($call, $then);
    } finally {
        Runtime::enableCoroutine(0);
    }
}

/** A command that ends when its input does, in $c->command and $c->pipes. */
function command(object $c): void
{
    $c->command = proc_open(['cat'], [['pipe', 'r'], ['pipe', 'w']], $c->pipes);
}

/** Its status. */
function ended(object $c): int
{
    array_map(fclose(...), array_filter($c->pipes, is_resource(...)));
    return is_resource($c->command) ? proc_close($c->command) : -2;
}

$same = Answer::same();
$untrue = Answer::untrue();
$loopThrows = fn (string $call): Answer => Answer::throws($call)->coded(SWOOLE_ERROR_CO_CANCELED);
/** Where the kernel cannot tell of a descriptor, it is looked at again and again. */
$waits = [
    'fcntl' => $untrue, 'poll' => $same, 'poll:EINTR' => $same,
    'epollcreate#1' => $same, 'epollcreate#all' => $loopThrows('epoll_create1()'), 'fstat' => $same, 'epollctl#1' => $same, 'epollctl' => $same, 'epollctl#all' => $same,
    'epollctl#1:EPERM' => $untrue, 'epollctl:EPERM' => $untrue, 'epollctl#all:EPERM' => $untrue,
    'epollwait' => $loopThrows('epoll_wait()'), 'epollwait:EINTR' => $same,
    'sigprocmask' => $loopThrows('sigprocmask()'),
];
/** What takes care of a process of ours does not matter to what it tells. */
$helper = [
    'prctl@child' => $same, 'closerange@child' => $same, 'open@child' => $same, 'dup@child' => $same,
    'write@child' => $same, 'flock@child' => $same,
    'pipe' => $same, 'clone' => $same, 'malloc' => $same, 'read' => $same, 'read:EAGAIN' => $untrue, 'kill' => $same, 'waitid' => $same,
];
/** A server that says its answer before it is asked, so that nothing but the transfer waits. */
function web(object $c): void
{
    $c->server = stream_socket_server('tcp://127.0.0.1:0');
    $c->handle = curl_init('http://' . stream_socket_get_name($c->server, false));
    curl_setopt_array($c->handle, [CURLOPT_RETURNTRANSFER => true, CURLOPT_TIMEOUT => 30]);
}

/** What $call gives in a coroutine with the hook of curl alone. */
function transferred(object $c, \Closure $call): mixed
{
    Runtime::enableCoroutine(SWOOLE_HOOK_CURL);
    try {
        return meanwhile($call, function () use ($c): void {
            $c->client = stream_socket_accept($c->server);
            fwrite($c->client, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
        });
    } finally {
        Runtime::enableCoroutine(0);
    }
}

$waitsOfCurl = array_diff_key($waits, ['fcntl' => 0, 'poll' => 0, 'poll:EINTR' => 0, 'epollctl#1:EPERM' => 0, 'epollctl:EPERM' => 0, 'epollctl#all:EPERM' => 0]);
$curl = [
    // The functions are exchanged once in a process.
    new Operation(
        'enableCoroutine, with curl',
        function (): bool {
            Runtime::enableCoroutine(SWOOLE_HOOK_CURL);
            $handle = curl_init('file://' . __FILE__);
            curl_setopt($handle, CURLOPT_RETURNTRANSFER, true);
            return curl_exec($handle) === file_get_contents(__FILE__) && Runtime::getHookFlags() === SWOOLE_HOOK_CURL;
        },
        ['sysconf' => $untrue, 'mprotect' => $untrue],
        apart: true,
    ),
    new Operation('curl_exec', fn (object $c) => transferred($c, fn () => curl_exec($c->handle)), $waitsOfCurl, web(...), again: false),
    new Operation(
        'curl_multi_select',
        fn (object $c) => transferred($c, function () use ($c): string {
            $multi = curl_multi_init();
            curl_multi_add_handle($multi, $c->handle);
            do {
                curl_multi_exec($multi, $running);
            } while ($running && curl_multi_select($multi) !== -1);
            return (string) curl_multi_getcontent($c->handle);
        }),
        $waitsOfCurl,
        web(...),
        again: false,
    ),
];
return [
    ...extension_loaded('curl') ? $curl : [],
    new Operation(
        'fgets, a pipe',
        fn (object $c) => hooked(fn () => fgets($c->pipes[1]), fn () => fwrite($c->pipes[0], "words\n")),
        [...$waits, 'send' => $same, 'pwritev2' => $same],
        command(...),
        ended(...),
        again: false,
    ),
    new Operation(
        'proc_close',
        fn (object $c) => hooked(fn () => proc_close($c->command), fn () => fwrite($c->pair[1], "go\n")),
        [
            ...array_diff_key($waits, ['poll' => 0, 'poll:EINTR' => 0, 'fcntl' => 0, 'fstat' => 0]),
            'waitid' => $same, 'waitid:EINTR' => $untrue, 'waitid:ECHILD' => $untrue, 'pidfdopen' => $same,
        ],
        function (object $c): void {
            $c->pair = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
            $c->command = proc_open(['sh', '-c', 'read line <&3'], [3 => $c->pair[0]], $pipes);
        },
        again: false,
    ),
    new Operation(
        'proc_open, a process that is dropped',
        fn (object $c) => hooked(
            fn () => is_resource(proc_open(['sh', '-c', 'read line <&3'], [3 => $c->pair[0]], $pipes)),
            fn () => fwrite($c->pair[1], "go\n"),
        ),
        [
            ...array_diff_key($waits, ['poll' => 0, 'poll:EINTR' => 0, 'fcntl' => 0, 'fstat' => 0]),
            'waitid' => $same, 'waitid:EINTR' => $untrue, 'waitid:ECHILD' => $untrue, 'pidfdopen' => $same,
        ],
        function (object $c): void { $c->pair = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0); },
        again: false,
    ),
    new Operation(
        'flock',
        fn (object $c) => hooked(fn () => flock($c->second, LOCK_EX), fn () => flock($c->first, LOCK_UN)),
        [...$waits, ...array_diff_key($helper, ['open@child' => 0, 'dup@child' => 0]), 'flock' => $untrue, 'fcntl' => $same, 'sigprocmask#1' => $same, 'sigprocmask#all' => $loopThrows('sigprocmask()')],
        function (object $c): void {
            files($c);
            [$c->first, $c->second] = [fopen("$c->folder/file", 'r'), fopen("$c->folder/file", 'r')];
            flock($c->first, LOCK_EX);
        },
        filed(...),
        again: false,
    ),
    new Operation(
        'socket_read',
        fn (object $c) => hooked(fn () => socket_read($c->pair[0], 10), fn () => socket_write($c->pair[1], 'words')),
        [...$waits, 'getsockopt' => $same],
        function (object $c): void { socket_create_pair(AF_UNIX, SOCK_STREAM, 0, $c->pair); },
        fn (object $c) => array_map(socket_close(...), $c->pair),
        again: false,
    ),
    new Operation(
        'gethostbynamel',
        fn () => hooked(fn () => gethostbynamel('localhost'), fn () => null),
        // Without the helper PHP looks the name up itself.
        [
            ...array_diff_key($waits, ['poll' => 0, 'poll:EINTR' => 0, 'fstat' => 0]),
            ...array_diff_key($helper, ['flock@child' => 0, 'malloc' => 0]),
            'fcntl' => $same, 'epollcreate#all' => $same, 'sigprocmask#1' => $same, 'sigprocmask#all' => $same,
            // The answer and the end of the helper come in one turn of the loop or in several.
            ...array_fill_keys(['read#2', 'read#3', 'read#4', 'epollwait#2', 'epollwait#3', 'epollwait#4'], Answer::untimed()),
            ...array_fill_keys(['sigprocmask#3', 'sigprocmask#4', 'sigprocmask#5'], Answer::untimed()),
        ],
    ),
];
