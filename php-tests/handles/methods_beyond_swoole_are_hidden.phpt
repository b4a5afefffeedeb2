--TEST--
sendHandle() and receiveHandle() of Process: objects have them, reflection shows what Swoole has, and subclasses may have others
--FILE--
<?php
use Swoole\Process;
class Own extends Process
{
    public function receiveHandle(int $number): string
    {
        return "own $number";
    }
}
class Magic extends Process
{
    public function __call($name, $arguments)
    {
        return "magic $name";
    }
}
$process = new Process(function (Process $me) {
    $handle = $me->receiveHandle(10, $data);
    echo get_debug_type($handle), " $data\n";
});
$process->start();
var_dump(is_callable([$process, 'sendHandle']), method_exists($process, 'SENDHANDLE'));
for ($i = 0; $i < 2; $i++) {
    $send = $i ? $process->sendHandle(...) : [$process, 'sendHandle'];
}
$sent = $send(STDIN, 'hello');
Process::wait();
var_dump($sent);
var_dump((new ReflectionClass(Process::class))->hasMethod('sendHandle'), (new ReflectionFunction($send))->getNumberOfParameters());
$own = new Own(fn () => 0);
var_dump($own->receiveHandle(3), is_callable([$own, 'sendHandle']));
$magic = new Magic(fn () => 0);
var_dump($magic->other(), $magic->receiveHandle(0.001));
foreach ([fn () => $process->sendHandle(), fn () => $process->other(), fn () => Process::sendHandle(STDIN)] as $wrong) {
    try {
        $wrong();
    } catch (Error $e) {
        echo $e::class, ': ', $e->getMessage(), "\n";
    }
}
?>
--EXPECTF--
bool(true)
bool(true)
resource (stream) hello
bool(true)
bool(false)
int(2)
string(5) "own 3"
bool(true)
string(11) "magic other"
bool(false)
ArgumentCountError: Swoole\Process::sendHandle() expects at least 1 argument, 0 given
Error: Call to undefined method Swoole\Process::other()
Error: Non-static method Swoole\Process::sendHandle() cannot be called statically
