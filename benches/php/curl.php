<?php
// Requests to nginx, whose connections are kept: curl.php ours|stock 1|100 BATCHES PER_BATCH
// The number tells how many are made at a time: by curl_exec() in as many coroutines, or by one multi handle in plain PHP.
require __DIR__ . '/measure.php';
[, $side, $most, $batches, $perBatch] = $argv;
needs('curl_exec');

require __DIR__ . '/../../php-tests/peers/support.inc';
// It tries to connect until the server listens.
set_error_handler(null);
$nginx = Peer::nginx('keepalive_requests 1000000; server { listen $PORT; location / { return 200 "hello"; } }');
restore_error_handler();

$handles = [];
for ($i = 0; $i < $most; $i++) {
    $handles[$i] = curl_init("http://127.0.0.1:$nginx->port/");
    curl_setopt($handles[$i], CURLOPT_RETURNTRANSFER, true);
}
$multi = curl_multi_init();
$plain = function (int $count) use ($multi, $handles): void {
    $left = $count;
    $begin = function (CurlHandle $handle) use ($multi, &$left): void {
        $left-- > 0 && curl_multi_add_handle($multi, $handle);
    };
    array_map($begin, array_slice($handles, 0, $count));
    while ($count > 0) {
        curl_multi_exec($multi, $running);
        while ($done = curl_multi_info_read($multi)) {
            curl_multi_getcontent($done['handle']) === 'hello' || throw new Exception('curl_multi_exec');
            curl_multi_remove_handle($multi, $done['handle']);
            $begin($done['handle']);
            $count--;
        }
        $running && curl_multi_select($multi);
    }
};
$inCoroutines = function (int $count) use ($handles): void {
    Swoole\Coroutine\run(function () use ($count, $handles): void {
        $left = $count;
        foreach ($handles as $handle) {
            Swoole\Coroutine\go(function () use ($handle, &$left): void {
                while ($left-- > 0) {
                    curl_exec($handle) === 'hello' || throw new Exception('curl_exec');
                }
            });
        }
    });
};
$median = measure((int) $batches, (int) $perBatch, $side === 'ours' ? $inCoroutines : $plain);
$nginx->stop(SIGKILL);
printf("%.2f\n", $median);
