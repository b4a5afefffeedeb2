--TEST--
RedisQueue: TLS, users, databases, paths; forks, signals, a server that is killed, and processes that wait for one message
--EXTENSIONS--
openssl
pcntl
posix
--SKIPIF--
<?php require __DIR__ . '/skip.inc'; ?>
--FILE--
<?php
require __DIR__ . '/support.inc';
require __DIR__ . '/../socket/certificates.inc';
use Swoole\Process;
use Swoole\Process\RedisQueue;
use function Swoole\Coroutine\{go, run};

swoole_async_set(['log_level' => SWOOLE_LOG_ERROR]);
$certificate = certificate('localhost');
$probe = stream_socket_server('tcp://127.0.0.1:0');
$tls = (int) substr(strrchr(stream_socket_get_name($probe, false), ':'), 1);
fclose($probe);
$server = Peer::redis(['tls-port' => $tls, 'tls-cert-file' => $certificate, 'tls-key-file' => $certificate, 'tls-auth-clients' => 'no', 'appendonly' => 'yes']);
$redis = new Redis();
$redis->connect('127.0.0.1', $server->port, 30);
$redis->rawCommand('ACL', 'SETUSER', 'worker', 'on', '>secret', '~{jobs}:*', '+@stream', '+@sortedset', '+@scripting', '+@connection', '+time', '+set', '+get',
    '+exists', '+del', '+client|id', '+client|unblock');
$redis->rawCommand('ACL', 'SETUSER', 'lame', 'on', '>secret', '~{jobs}:*', '+xadd', '+auth', '+select');

$blocked = function (int $count) use ($redis): void {
    while ((int) $redis->info('clients')['blocked_clients'] !== $count) {
        usleep(1000);
    }
};
$connections = fn (): int => (int) $redis->info('stats')['total_connections_received'];

echo "ways to connect\n";
$common = ['retry' => 0, 'timeout' => 30];
$ways = [
    'port' => ['port' => $server->port],
    'name' => ['host' => 'localhost', 'port' => $server->port],
    'path' => ['path' => $server->path],
    'TLS' => ['host' => 'localhost', 'port' => $tls, 'tls' => ['ssl_cafile' => $certificate]],
    'TLS, an address' => ['port' => $tls, 'tls' => ['ssl_cafile' => $certificate, 'ssl_host_name' => 'localhost']],
    'TLS, another name' => ['port' => $tls, 'tls' => ['ssl_cafile' => $certificate, 'ssl_host_name' => 'example.org']],
    'TLS, not trusted' => ['host' => 'localhost', 'port' => $tls, 'tls' => true],
    'TLS, not verified' => ['port' => $tls, 'tls' => ['ssl_verify_peer' => false]],
    // The server may wait for the end of a line.
    'TLS to a port without' => ['host' => 'localhost', 'port' => $server->port, 'tls' => true, 'timeout' => 0.2],
    'no TLS to a port with' => ['port' => $tls],
    'user' => ['port' => $server->port, 'user' => 'worker', 'password' => 'secret'],
    'wrong password' => ['port' => $server->port, 'user' => 'worker', 'password' => 'wrong'],
    'no user' => ['port' => $server->port, 'password' => 'secret'],
    'user without rights' => ['port' => $server->port, 'user' => 'lame', 'password' => 'secret'],
    'database' => ['port' => $server->port, 'database' => 7],
    'no database' => ['port' => $server->port, 'database' => 700],
];
$try = function (array $options) use ($common): string {
    $queue = new RedisQueue('jobs', $options + $common);
    try {
        $queue->push('job');
        $message = $queue->pop(0);
        $result = $message->body . ($message->ack() ? '' : ' lost');
        // The wait at the server, too.
        $result .= $queue->pop(0.001) === null ? '' : ', and more';
    } catch (RedisQueue\Exception $e) {
        $result = substr(get_class($e), 26) . ': ' . preg_replace(['/:\d+.*/', '/^(the server has closed|cannot receive).*/'], ['', 'the server has closed the connection'], $e->getMessage());
    }
    $queue->close();
    return $result;
};
foreach ($ways as $name => $options) {
    $plain = $try($options);
    run(function () use ($try, $options, &$inside) {
        $inside = $try($options);
    });
    $redis->flushAll();
    echo "  $name: ", $plain === $inside ? $plain : "$plain / $inside", "\n";
}

foreach (['plain' => ['port' => $server->port], 'TLS' => ['host' => 'localhost', 'port' => $tls, 'tls' => ['ssl_cafile' => $certificate]]] as $name => $options) {
    echo "forks: $name\n";
    $queue = new RedisQueue("forks-$name", $options + $common);
    $queue->push('by the parent');
    $before = $connections();
    // One does not use it, two use it, in one of them the object ends.
    foreach ([fn () => null, fn () => $queue->push('by a child'), function () use (&$queue) {
        $queue->push('by a child');
        $queue = null;
    }] as $body) {
        $child = new Process($body);
        $child->start();
        $child->join();
    }
    $foreign = pcntl_fork();
    if ($foreign === 0) {
        $queue->push('by a foreign child');
        exit;
    }
    pcntl_waitpid($foreign, $status);
    $made = $connections() - $before;
    $queue->push('by the parent');
    echo '  connections: ', $made, ', then ', $connections() - $before - $made, "\n";
    for ($bodies = []; $message = $queue->pop(0); $message->ack()) {
        $bodies[] = $message->body;
    }
    echo '  ', json_encode(array_count_values($bodies)), ', connections: ', $connections() - $before - $made, "\n";
}

echo "a signal stops a process that waits, and the message that it did not get is there for another one\n";
$queue = new RedisQueue('signal', ['port' => $server->port, 'poll' => 600]);
$child = new Process(function () use ($queue) {
    pcntl_async_signals(true);
    pcntl_signal(SIGUSR1, fn () => print "  handled\n");
    pcntl_signal(SIGTERM, fn () => $queue->stop());
    var_dump($queue->pop());
    $queue->close();
});
$child->start();
$blocked(1);
$child->kill($child->pid, SIGUSR1);
$child->kill($child->pid, SIGTERM);
$child->join();
$queue->push('later');
var_dump($queue->pop(0)->ack());

echo "in coroutines\n";
run(function () use ($server, $blocked) {
    $queue = new RedisQueue('coroutines', ['port' => $server->port, 'poll' => 600]);
    $done = 0;
    for ($n = 0; $n < 20; $n++) {
        go(function () use ($queue, &$done) {
            $queue->consume(function () use (&$done) {
                $done++;
            });
        });
    }
    $canceled = go(function () use ($queue) {
        echo '  canceled: ', var_export($queue->pop(), true), "\n";
    });
    $blocked(21);
    Swoole\Coroutine::cancel($canceled);
    for ($n = 0; $n < 100; $n++) {
        $queue->push($n);
    }
    while ($done < 100) {
        Swoole\Coroutine::sleep(0.001);
    }
    $queue->stop();
});
$stats = (new RedisQueue('coroutines', ['port' => $server->port]))->stats();
unset($stats['priorities']);
echo '  ', json_encode($stats), "\n";

echo "one message wakes one of many processes\n";
$queue = new RedisQueue('many', ['port' => $server->port, 'poll' => 600]);
$children = [];
for ($n = 0; $n < 5; $n++) {
    $children[] = $child = new Process(fn () => $queue->pop()->ack() && print ".");
    $child->start();
}
for ($left = 5; $left > 0; $left--) {
    $blocked($left);
    $queue->push('one');
}
foreach ($children as $child) {
    $child->join();
}
echo "\n";

echo "the server is killed\n";
$queue = new RedisQueue('killed', ['port' => $server->port, 'poll' => 600, 'retry' => 60]);
$queue->push('before');
$child = new Process(function () use ($queue) {
    foreach ([1, 2] as $n) {
        $message = $queue->pop();
        echo "  $message->body\n";
        $message->ack();
    }
});
$child->start();
$blocked(1);
$server->stop(SIGKILL);
try {
    (new RedisQueue('killed', ['port' => $server->port, 'retry' => 0]))->push('at a closed port');
} catch (RedisQueue\ConnectionException $e) {
    echo '  ', substr(strrchr($e->getMessage(), ':'), 2), "\n";
}
$server->start();
// The scripts are gone from the server as well.
$queue->push('after', id: 'after');
$child->join();
?>
--EXPECT--
ways to connect
  port: job
  name: job
  path: job
  TLS: job
  TLS, an address: job
  TLS, another name: ConnectionException: cannot connect to 127.0.0.1
  TLS, not trusted: ConnectionException: cannot connect to localhost
  TLS, not verified: job
  TLS to a port without: ConnectionException: cannot connect to localhost
  no TLS to a port with: ConnectionException: the server has closed the connection
  user: job
  wrong password: Exception: WRONGPASS invalid username-password pair or user is disabled.
  no user: Exception: ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?
  user without rights: Exception: NOPERM this user has no permissions to run the 'evalsha' command
  database: job
  no database: Exception: ERR DB index is out of range
forks: plain
  connections: 3, then 0
  {"by the parent":2,"by a child":2,"by a foreign child":1}, connections: 0
forks: TLS
  connections: 3, then 0
  {"by the parent":2,"by a child":2,"by a foreign child":1}, connections: 0
a signal stops a process that waits, and the message that it did not get is there for another one
  handled
NULL
bool(true)
in coroutines
  canceled: NULL
  {"waiting":0,"pending":0,"delayed":0,"dead":0}
one message wakes one of many processes
.....
the server is killed
  before
  Connection refused
  after
