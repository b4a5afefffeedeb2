--TEST--
children of pcntl_fork() that never call the module, and workers that have left, keep neither the listening socket nor a client
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
$listener = stream_socket_server('tcp://127.0.0.1:0');
$port = (int) substr(strrchr(stream_socket_get_name($listener, false), ':'), 1);
fclose($listener);
/** What a client gets until the end of its connection. */
function ask(int $port, string $request): string|false
{
    $client = @stream_socket_client("tcp://127.0.0.1:$port");
    if ($client === false) {
        return false;
    }
    stream_set_timeout($client, 30);
    fwrite($client, pack('N', strlen($request)) . $request);
    $answer = stream_get_contents($client);
    return feof($client) ? substr($answer, 4) : 'there was no end';
}
foreach (['before the start', 'in Start', 'in WorkerStart', 'in Message', 'detached'] as $where) {
    [$wire, $end] = [new Wire(), new Wire()];
    /** A child that does nothing with the module. */
    $fork = function (string $here) use ($wire, $end, $where) {
        if ($here === $where && pcntl_fork() === 0) {
            $wire->tell('child', getmypid());
            $end->hear();
            posix_kill(getmypid(), SIGKILL);
        }
    };
    $master = apart(function () use ($wire, $port, $end, $fork, $where) {
        $end->listen();
        $has_left = false;
        $pool = new Pool(1, SWOOLE_IPC_SOCKET);
        $pool->listen('127.0.0.1', $port);
        $fork('before the start');
        $pool->on('Start', fn () => $fork('in Start'));
        $pool->on('WorkerStart', fn () => $fork('in WorkerStart'));
        $pool->on('Message', function (Pool $pool, string $message) use ($fork, $wire, $where, &$has_left) {
            $pool->write("answer to $message");
            $fork('in Message');
            if ($where === 'detached' && ($has_left = $pool->detach())) {
                $wire->tell('child', getmypid());
            }
        });
        $pool->on('WorkerStop', function () use ($end, &$has_left) {
            $has_left && $end->hear();
        });
        $pool->start();
    });
    echo "$where: ", ask_until($port), ', ';
    do {
        $line = explode(' ', $wire->hear());
    } while ($line[0] !== 'child');
    // That of the next worker, where the first has left.
    echo ask_until($port), ', ';
    posix_kill($master, SIGTERM);
    echo ending_of($master), ', ', json_encode(@stream_socket_client("tcp://127.0.0.1:$port")), ', ';
    echo state((int) $line[1]) === null ? 'the child has gone' : 'the child is there', "\n";
    unset($end, $fork);
    $wire->hearAll();
}
/** As soon as the pool listens. */
function ask_until(int $port): string
{
    until(function () use ($port, &$answer) {
        return ($answer = ask($port, 'me')) !== false;
    });
    return $answer;
}
?>
--EXPECT--
before the start: answer to me, answer to me, code 0, false, the child is there
in Start: answer to me, answer to me, code 0, false, the child is there
in WorkerStart: answer to me, answer to me, code 0, false, the child is there
in Message: answer to me, answer to me, code 0, false, the child is there
detached: answer to me, answer to me, code 0, false, the child is there
