<?php
// What a fork must not share: a connection that each process needs for itself, and random numbers. The callbacks of onFork()
// take care of both, for children of Process and of pcntl_fork().
//
//   scripts/php examples/fork_kit.php    from the checkout
//   php examples/fork_kit.php            where the extension is installed

use Swoole\Process;

/** Stands for a connection to a database. */
final class Connection
{
    public readonly int $owner;

    public function __construct()
    {
        $this->owner = getmypid();
    }

    public function query(): string
    {
        return $this->owner === getmypid() ? 'a connection of its own' : "another process's connection";
    }
}

$connection = new Connection();
$random = fn () => mt_rand(0, PHP_INT_MAX >> 1);
mt_srand(1);
// For as long as the child lives, nothing may end the parent's connection.
$parents = [];
Process::onFork(child: function () use (&$connection, &$parents) {
    $parents[] = $connection;
    $connection = new Connection();
    mt_srand();
});

$numbers = [];
for ($i = 0; $i < 2; $i++) {
    $child = new Process(function (Process $me) use (&$connection, $random) {
        $me->write($random() . ' ' . $connection->query());
    });
    $child->start();
    [$numbers[], $with] = explode(' ', $child->read(), 2);
    echo "child $i: $with\n";
    $child->join();
}
echo $numbers[0] === $numbers[1] ? 'the same numbers' : 'numbers of their own', "\n";

$pid = pcntl_fork();
if ($pid === 0) {
    echo 'child of pcntl_fork(): ', $connection->query(), "\n";
    Process::exitNow();
}
pcntl_waitpid($pid, $status);
echo 'the parent: ', $connection->query(), "\n";
