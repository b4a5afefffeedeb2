<?php
// The memory that a row of a table takes: shared_memory.php ours ROWS. Bytes that are resident and shared, a row.
require __DIR__ . '/measure.php';
[, , $rows] = $argv;
$shared = fn (): int => preg_match('/^RssShmem:\s+(\d+) kB$/m', file_get_contents('/proc/self/status'), $found) ? (int) $found[1] * 1024 : throw new Exception('RssShmem');
$before = $shared();
$table = new Swoole\Table((int) $rows);
$table->column('number', Swoole\Table::TYPE_INT);
$table->column('real', Swoole\Table::TYPE_FLOAT);
$table->column('text', Swoole\Table::TYPE_STRING, 32);
$table->create();
for ($i = 0; $i < $rows; $i++) {
    $table->set("key $i", ['number' => $i, 'real' => $i / 2, 'text' => "text of $i"]);
}
printf("%.2f\n", ($shared() - $before) / count($table));
