--TEST--
Pool: a template that fails runs the shutdown functions that it has registered, also in a pool that a shutdown function starts
--FILE--
<?php
use Swoole\Process;
use Swoole\Process\Pool;

swoole_async_set(['log_file' => '/dev/null']);
ini_set('log_errors', 0);
ini_set('display_errors', 0);

function run(string $place): void
{
    foreach (['TemplateStart', 'onFork()'] as $where) {
        $fail = function () use ($where) {
            register_shutdown_function(fn () => print("  a shutdown function of the template\n"));
            throw new Exception($where);
        };
        $master = getmypid();
        Process::onFork(fn () => $where === 'onFork()' && getmypid() !== $master && $fail());
        echo "$place, an exception in $where\n";
        $pool = new Pool(1);
        $pool->on('TemplateStart', fn () => $where === 'TemplateStart' && $fail());
        $pool->on('TemplateError', fn () => $pool->shutdown());
        $pool->on('WorkerStart', fn () => null);
        $pool->start();
    }
}

run('in the script');
register_shutdown_function(fn () => run('in a shutdown function'));
?>
--EXPECT--
in the script, an exception in TemplateStart
  a shutdown function of the template
in the script, an exception in onFork()
  a shutdown function of the template
in a shutdown function, an exception in TemplateStart
  a shutdown function of the template
in a shutdown function, an exception in onFork()
  a shutdown function of the template
