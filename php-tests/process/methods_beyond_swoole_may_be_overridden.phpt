--TEST--
a subclass may have its own join(), isAlive(), lastUsage() with any signature; reflection shows none; parent:: reaches them
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
abstract class Base extends Process
{
    abstract public function isAlive(string $of, array ...$more): string;

    public static function lastUsage(int $n, int $m): int
    {
        return $n + $m;
    }
}
class Job extends Base
{
    public function isAlive(string $of, array ...$more): string
    {
        return "$of: " . json_encode(parent::isAlive(...) !== null);
    }

    protected function join(Job $other, bool $too = false): void
    {
    }

    public function terminate(): array
    {
        return ['mine'];
    }

    public function end(): array
    {
        return Process::join(60);
    }
}
class Plain extends Process
{
    public function join(float $timeout = -1): array|false
    {
        return parent::join($timeout);
    }
}
foreach ([Process::class, Job::class] as $class) {
    $names = array_map('strtolower', get_class_methods($class));
    echo $class, ': ', json_encode(array_values(array_intersect(['isalive', 'join', 'terminate', 'exitstream', 'lastusage'], $names))), "\n";
}
var_dump(method_exists(Process::class, 'join'), is_callable([Process::class, 'lastUsage']), is_callable([new Job(fn () => 1), 'exitStream']));
$job = new Job(fn () => exit(3));
$job->start();
echo json_encode($job->terminate()), ending($job->end()), ' ', Job::lastUsage(1, 2), ' ', ending(Process::lastUsage()), "\n";
$plain = new Plain(fn () => exit(4));
$plain->start();
echo ending($plain->join()), ' ', ending($plain->lastUsage()), ' ', ending(call_user_func('Swoole\Process::lastUsage')), "\n";
foreach ([fn () => Process::join(), fn () => Process::nothing(), fn () => $plain->nothing(), fn () => Job::nothing()] as $call) {
    try {
        $call();
    } catch (Error $e) {
        echo $e->getMessage(), "\n";
    }
}
?>
--EXPECT--
Swoole\Process: []
Job: ["isalive","terminate","lastusage"]
bool(false)
bool(true)
bool(true)
["mine"]code 3 3 code 3
code 4 code 4 code 4
Non-static method Swoole\Process::join() cannot be called statically
Call to undefined method Swoole\Process::nothing()
Call to undefined method Plain::nothing()
Call to undefined method Job::nothing()
