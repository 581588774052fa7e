#include "fuzz_case.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_case((struct text){(const char *)data, size}, AMICUS_FORMAT_YAML);
    return 0;
}
