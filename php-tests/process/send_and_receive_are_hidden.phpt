--TEST--
send() and receive() of Process: reflection does not show them, and subclasses may have others
--FILE--
<?php
use Swoole\Process;
class Mailer extends Process
{
    public function send(string $to, string $text): string
    {
        return "$text to $to";
    }

    private static function receive(): void
    {
    }
}
abstract class Sends extends Process
{
    abstract public function send(int $number): int;
}
interface Receives
{
    public function receive(): string;
}
class Both extends Sends implements Receives
{
    public function send(int $number): int
    {
        return $number + 1;
    }

    public function receive(): string
    {
        return 'own';
    }
}
$class = new ReflectionClass(Process::class);
var_dump($class->hasMethod('send'), $class->hasMethod('receive'), is_callable([new Process(fn () => 0), 'send']));
$mailer = new Mailer(fn () => 0);
$both = new Both(fn () => 0);
echo $mailer->send('you', 'hello'), ' ', $both->send(1), ' ', $both->receive(), "\n";
?>
--EXPECT--
bool(false)
bool(false)
bool(true)
hello to you 2 own
