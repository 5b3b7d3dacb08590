#include "forecast/begin.h"

#include <gsl/gsl_errno.h>
#include <pthread.h>

static void spare_the_program(void)
{
    gsl_set_error_handler_off();
}

void forecast_begin(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, spare_the_program);
}

bool confidence_check(double confidence, error_list *errors)
{
    if (confidence >= 0.5 && confidence <= 0.999)
        return true;
    error_add(errors, FAULT_USAGE, NULL, 0, 0,
              "the confidence of an interval is between 50%% and 99.9%%; 95%% is usual");
    return false;
}
