--TEST--
when there are max_coroutine coroutines a scheduler starts the next ones of its tasks, and a server goes on, with warnings or without
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\{Client, Scheduler, Server};
use Swoole\Coroutine\Server\Connection;
use function Swoole\Coroutine\{go, run};

set_error_handler(fn ($level, $text) => print("$text\n"));
foreach ([true, false] as $display_errors) {
    $scheduler = new Scheduler();
    $scheduler->set(['max_coroutine' => 2, 'display_errors' => $display_errors]);
    foreach (['a', 'b', 'c'] as $name) {
        $scheduler->add(function () use ($name) {
            echo "$name begins\n";
            Coroutine::sleep(0.001);
            echo "$name ends\n";
        });
    }
    $scheduler->parallel(2, fn () => print("not reached\n"));
    var_dump($scheduler->start());

    run(function () {
        $server = new Server('127.0.0.1');
        $server->handle(fn (Connection $connection) => $connection->send('hello') && $connection->close());
        go(fn () => var_dump($server->start()));
        foreach ([2, 3] as $most) {
            Coroutine::set(['max_coroutine' => $most]);
            $client = new Client(SWOOLE_SOCK_TCP);
            $client->connect('127.0.0.1', $server->port, 10);
            var_dump($client->recv(10));
        }
        $server->shutdown();
    });
}
// An error handler that throws ends the call.
Coroutine::set(['max_coroutine' => 1, 'display_errors' => true]);
set_error_handler(fn ($level, $text) => throw new ErrorException($text));
$scheduler = new Scheduler();
$scheduler->parallel(2, fn () => Coroutine::sleep(0.001));
try {
    $scheduler->start();
} catch (ErrorException $e) {
    echo 'caught ', $e->getMessage(), "\n";
}
Swoole\Event::wait();
?>
--EXPECT--
a begins
b begins
Swoole\Coroutine\Scheduler::start(): exceed max number of coroutine 2
Swoole\Coroutine\Scheduler::start(): exceed max number of coroutine 2
Swoole\Coroutine\Scheduler::start(): exceed max number of coroutine 2
a ends
b ends
bool(true)
Swoole\Coroutine\Server::start(): exceed max number of coroutine 2
string(0) ""
string(5) "hello"
bool(true)
a begins
b begins
a ends
b ends
bool(true)
string(0) ""
string(5) "hello"
bool(true)
caught Swoole\Coroutine\Scheduler::start(): exceed max number of coroutine 1
