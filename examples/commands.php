<?php
// Runs programs, two at a time, each with limits of its own, and shows their output line by line as it comes.
//
//   scripts/php examples/commands.php    from the checkout
//   php examples/commands.php            where the extension is installed

use Swoole\Coroutine;
use Swoole\Coroutine\Channel;
use Swoole\Process;

$commands = [
    'count' => ['sh', '-c', 'for i in 1 2 3; do echo "number $i"; done'],
    'folder' => ['pwd'],
    'errors' => ['sh', '-c', 'echo "it goes wrong" >&2; exit 3'],
    'slow' => ['sleep', '60'],
    'missing' => ['no-such-program'],
];

Coroutine\run(function () use ($commands) {
    $places = new Channel(2);
    $report = [];
    $group = new Coroutine\WaitGroup();
    foreach ($commands as $name => $argv) {
        $group->add();
        $places->push(true);
        go(function () use ($name, $argv, $places, $group, &$report) {
            $program = @Process::command($argv, [
                'cwd' => '/',
                'stdin' => 'null',
                'stdout' => 'pipe',
                'stderr' => 'stdout',
                'nice' => 5,
                'limits' => ['core' => 0, 'cpu' => 10],
                'process_group' => true,
                'death_signal' => SIGKILL,
            ]);
            if (!$program) {
                $report[$name][] = swoole_strerror(swoole_last_error());
            } else {
                while (($line = $program->readLine(1, 0.5)) !== '' && $line !== false) {
                    $report[$name][] = rtrim($line);
                }
                // One that says nothing for so long is ended, with all that it has started.
                $end = $line === false ? $program->terminate(1, SIGTERM, true) : $program->join();
                $report[$name][] = $end['signal'] ? "signal {$end['signal']}" : "code {$end['code']}";
            }
            $places->pop();
            $group->done();
        });
    }
    $group->wait();
    foreach (array_keys($commands) as $name) {
        echo "$name: ", implode(', ', $report[$name]), "\n";
    }
});
