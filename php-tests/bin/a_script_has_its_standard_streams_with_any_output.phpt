--TEST--
bin/pool: a script can use STDIN, STDOUT and STDERR, wherever its output goes
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support.inc';
mkdir('logs');
touch('logs/a-0.log');
file_put_contents('boot.php', '<?php');
file_put_contents('worker.php', '<?php fwrite(STDOUT, "out\n"); fwrite(STDERR, "error\n"); echo var_export(fgets(STDIN), true), "\n"; system("echo program"); exit(fwrite(STDOUT, "end\n") === 4 ? 0 : 1);');
foreach (['--output=inherit', '--output=prefix', '--output=null', '--output-folder=logs'] as $option) {
    foreach ([[], ['--template=boot.php']] as $template) {
        $options = ['--socket=a.sock', '--name=a', '--restart=never', '--log=log', $option, ...$template];
        [$status, $output, $errors] = pool('run', ...$options, ...['worker.php'])->end();
        $lines = [...explode("\n", $output), ...explode("\n", $errors), ...file('logs/a-0.log', FILE_IGNORE_NEW_LINES) ?: []];
        // Output and error come through two pipes.
        sort($lines);
        echo $option, $template ? ' (template)' : '', ": $status ", implode(', ', array_filter($lines)), "\n";
        array_map(unlink(...), glob('logs/*'));
        touch('logs/a-0.log');
    }
}
?>
--EXPECT--
--output=inherit: 0 end, error, false, out, program
--output=inherit (template): 0 end, error, false, out, program
--output=prefix: 0 a-0 | end, a-0 | error, a-0 | false, a-0 | out, a-0 | program
--output=prefix (template): 0 a-0 | end, a-0 | error, a-0 | false, a-0 | out, a-0 | program
--output=null: 0 
--output=null (template): 0 
--output-folder=logs: 0 end, error, false, out, program
--output-folder=logs (template): 0 end, error, false, out, program
