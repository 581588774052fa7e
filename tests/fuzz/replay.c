/*
 * A fuzz target without libFuzzer: each file named on the command line is given to it once. So the
 * kept seeds, and every input that once crashed, are tried in builds that no fuzzer is made for.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Larger than any bound that a reader keeps. */
enum { BYTES_MAX = 8 << 20 };

int main(int count, char **paths)
{
    uint8_t *room = malloc(BYTES_MAX);
    int status = count > 1 && room != NULL ? 0 : 2;
    for (int i = 1; i < count && status == 0; i++) {
        FILE *file = fopen(paths[i], "rb");
        if (file == NULL) {
            perror(paths[i]);
            status = 2;
            continue;
        }
        size_t size = fread(room, 1, BYTES_MAX, file);
        (void)fclose(file);
        (void)LLVMFuzzerTestOneInput(room, size);
    }
    free(room);
    return status;
}
