--TEST--
the error about a class of Swoole that is not here says what the module is, and what to use; the class still does not exist
--FILE--
<?php
spl_autoload_register(function (string $class): void {
    echo "[$class] ";
});
foreach (['Swoole\Server', 'Swoole\Http\Server', 'swoole\websocket\SERVER', 'Swoole\Coroutine\Http\Server', 'Swoole\Client', 'Co\Http\Client', 'Swoole\Thread',
    'Swoole\Thread\Map', 'Swoole\NoSuchClass', 'Swoole\Serv', 'Http\Server', 'Other'] as $class) {
    try {
        new $class();
    } catch (Error $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
}
foreach ([fn () => Swoole\Server::any(), fn () => Swoole\Http\Server::ANY, fn () => eval('class Own extends Swoole\Server {}')] as $use) {
    try {
        $use();
    } catch (Error $e) {
        echo preg_match('/^Class "Swoole.*Server" not found \(swoole_process has .* but no servers: use .*\)$/', $e->getMessage()), ' ', $e->getLine() > 0 ? 'line' : '', "\n";
    }
}
// One of the script that says the same gets the same; other exceptions do not.
try {
    throw new Error('Class "Swoole\Server" not found');
} catch (Error $e) {
    echo substr($e->getMessage(), 0, 60), "\n";
}
try {
    throw new LogicException('Class "Swoole\Server" not found');
} catch (LogicException $e) {
    echo $e->getMessage(), "\n";
}
var_dump(class_exists('Swoole\Server'), class_exists('Swoole\Http\Server', false), is_a('x', 'Swoole\Server', true), Swoole\Server::class);
new Swoole\Server('127.0.0.1', 9501);
?>
--EXPECTF--
[Swoole\Server] Error: Class "Swoole\Server" not found (swoole_process has Swoole's processes, coroutines and sockets but no servers: use the extension swoole in its place, or Swoole\Coroutine\Server for TCP)
[Swoole\Http\Server] Error: Class "Swoole\Http\Server" not found (swoole_process has Swoole's processes, coroutines and sockets but no servers: use the extension swoole in its place, or Swoole\Coroutine\Server for TCP)
[swoole\websocket\SERVER] Error: Class "swoole\websocket\SERVER" not found (swoole_process has Swoole's processes, coroutines and sockets but no servers: use the extension swoole in its place, or Swoole\Coroutine\Server for TCP)
[Swoole\Coroutine\Http\Server] Error: Class "Swoole\Coroutine\Http\Server" not found (swoole_process has Swoole's processes, coroutines and sockets but no servers: use the extension swoole in its place, or Swoole\Coroutine\Server for TCP)
[Swoole\Client] Error: Class "Swoole\Client" not found (swoole_process has Swoole's processes, coroutines and sockets but no clients of protocols: use Swoole\Coroutine\Client or Socket, a client in PHP, or the extension swoole in its place)
[Co\Http\Client] Error: Class "Co\Http\Client" not found (swoole_process has Swoole's processes, coroutines and sockets but no clients of protocols: use Swoole\Coroutine\Client or Socket, a client in PHP, or the extension swoole in its place)
[Swoole\Thread] Error: Class "Swoole\Thread" not found (swoole_process has Swoole's processes and coroutines but no threads: use Swoole\Process or Swoole\Process\Pool)
[Swoole\Thread\Map] Error: Class "Swoole\Thread\Map" not found (swoole_process has Swoole's processes and coroutines but no threads: use Swoole\Process or Swoole\Process\Pool)
[Swoole\NoSuchClass] Error: Class "Swoole\NoSuchClass" not found
[Swoole\Serv] Error: Class "Swoole\Serv" not found
[Http\Server] Error: Class "Http\Server" not found
[Other] Error: Class "Other" not found
[Swoole\Server] 1 line
[Swoole\Http\Server] 1 line
[Swoole\Server] 1 line
Class "Swoole\Server" not found (swoole_process has Swoole's
Class "Swoole\Server" not found
[Swoole\Server] [x] bool(false)
bool(false)
bool(false)
string(13) "Swoole\Server"
[Swoole\Server] 
Fatal error: Uncaught Error: Class "Swoole\Server" not found (swoole_process has Swoole's processes, coroutines and sockets but no servers: use the extension swoole in its place, or Swoole\Coroutine\Server for TCP) in %s:%d
Stack trace:
#0 {main}
  thrown in %s on line %d
