<?php
// A batch of jobs in a pool, with a progress bar: the workers take jobs from a shared counter, and each job that is done
// advances the bar, which all processes share.
//
//   scripts/php examples/progress_bar.php    from the checkout
//   php examples/progress_bar.php            where the extension is installed
//
// If the output is not a terminal, there is a line every ten seconds, and one at the end.

use Swoole\Atomic;
use Swoole\Process\Pool;
use SwooleProcess\Pool\ProgressBar;

// Where `pool` is installed: /usr/local/lib/swoole-process/autoload.php
require __DIR__ . '/../lib/swoole-process/autoload.php';

const JOBS = 200;

$next = new Atomic();
// Before the fork, as all that processes share.
$bar = new ProgressBar(JOBS, 'mails', STDOUT);

$pool = new Pool(3);
// A worker that has ended well does not start again: the pool ends when no job is left.
$pool->set(['restart' => 'on-failure']);
$pool->on('WorkerStart', function (Pool $pool, int $id) use ($next, $bar) {
    while (($job = $next->add()) <= JOBS) {
        // Instead of work.
        usleep(mt_rand(5000, 20000));
        if ($job % 60 === 0) {
            $bar->say("mail $job: there is no such address");
            $bar->fail();
        } else {
            $bar->advance();
        }
    }
});
$pool->start();
$bar->finish();
exit($bar->done() === JOBS && $bar->failures() === 3 ? 0 : 1);
