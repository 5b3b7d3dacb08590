#include "severity/information.h"

#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_blas.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>

bool information_make(information *made, const rating_design *design)
{
    *made = (information){.design = design, .border = design_border(design)};
    made->block_at = calloc(design->block_count, sizeof *made->block_at);
    made->block_of = calloc(design->auditors, sizeof *made->block_of);
    if (!made->block_at || !made->block_of)
        return false;
    for (size_t b = 0; b < design->block_count; b++) {
        size_t size = design->blocks[b + 1] - design->blocks[b];
        made->block_at[b] = made->block_size;
        made->block_size += size * size;
        for (size_t j = design->blocks[b]; j < design->blocks[b + 1]; j++)
            made->block_of[j] = (uint32_t)b;
    }
    made->blocks = calloc(made->block_size, sizeof *made->blocks);
    made->rows = calloc(design->auditors * made->border, sizeof *made->rows);
    made->corner = calloc(made->border * made->border, sizeof *made->corner);
    return made->blocks && made->rows && made->corner;
}

void information_free(information *made)
{
    free(made->block_at);
    free(made->block_of);
    free(made->blocks);
    free(made->rows);
    free(made->corner);
    *made = (information){0};
}

void information_clear(information *held)
{
    memset(held->blocks, 0, held->block_size * sizeof *held->blocks);
    memset(held->rows, 0, held->design->auditors * held->border * sizeof *held->rows);
    memset(held->corner, 0, held->border * held->border * sizeof *held->corner);
}

static gsl_matrix_view block_view(const information *held, size_t b)
{
    size_t size = held->design->blocks[b + 1] - held->design->blocks[b];
    return gsl_matrix_view_array(held->blocks + held->block_at[b], size, size);
}

static gsl_matrix_view rows_view(const information *held, size_t b)
{
    size_t first = held->design->blocks[b];
    return gsl_matrix_view_array(held->rows + first * held->border,
                                 held->design->blocks[b + 1] - first, held->border);
}

static gsl_matrix_view corner_view(const information *held)
{
    return gsl_matrix_view_array(held->corner, held->border, held->border);
}

bool information_factor(information *held)
{
    gsl_matrix_view corner = corner_view(held);
    for (size_t b = 0; b < held->design->block_count; b++) {
        gsl_matrix_view block = block_view(held, b);
        gsl_matrix_view rows = rows_view(held, b);
        if (gsl_linalg_cholesky_decomp1(&block.matrix) != GSL_SUCCESS)
            return false;
        gsl_blas_dtrsm(CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, 1, &block.matrix,
                       &rows.matrix);
    }
    gsl_matrix_view rows = gsl_matrix_view_array(held->rows, held->design->auditors, held->border);
    gsl_blas_dsyrk(CblasLower, CblasTrans, -1, &rows.matrix, 1, &corner.matrix);
    return gsl_linalg_cholesky_decomp1(&corner.matrix) == GSL_SUCCESS;
}

static gsl_vector_view part_of(const information *held, double *side, size_t b)
{
    size_t first = held->design->blocks[b];
    return gsl_vector_view_array(side + first, held->design->blocks[b + 1] - first);
}

void information_solve(const information *held, double *side)
{
    size_t          auditors = held->design->auditors;
    gsl_vector_view border = gsl_vector_view_array(side + auditors, held->border);
    gsl_vector_view severities = gsl_vector_view_array(side, auditors);
    gsl_matrix_view rows = gsl_matrix_view_array(held->rows, auditors, held->border);
    gsl_matrix_view corner = corner_view(held);
    for (size_t b = 0; b < held->design->block_count; b++) {
        gsl_matrix_view block = block_view(held, b);
        gsl_vector_view part = part_of(held, side, b);
        gsl_blas_dtrsv(CblasLower, CblasNoTrans, CblasNonUnit, &block.matrix, &part.vector);
    }
    gsl_blas_dgemv(CblasTrans, -1, &rows.matrix, &severities.vector, 1, &border.vector);
    gsl_linalg_cholesky_svx(&corner.matrix, &border.vector);
    gsl_blas_dgemv(CblasNoTrans, -1, &rows.matrix, &border.vector, 1, &severities.vector);
    for (size_t b = 0; b < held->design->block_count; b++) {
        gsl_matrix_view block = block_view(held, b);
        gsl_vector_view part = part_of(held, side, b);
        gsl_blas_dtrsv(CblasLower, CblasTrans, CblasNonUnit, &block.matrix, &part.vector);
    }
}

bool information_invert(information *held, double *diagonal)
{
    gsl_matrix_view corner = corner_view(held);
    for (size_t b = 0; b < held->design->block_count; b++) {
        gsl_matrix_view block = block_view(held, b);
        gsl_matrix_view rows = rows_view(held, b);
        gsl_blas_dtrsm(CblasLeft, CblasLower, CblasTrans, CblasNonUnit, 1, &block.matrix,
                       &rows.matrix);
        /* what the border's uncertainty adds: a row of the solved border, through its inverse */
        gsl_blas_dtrsm(CblasRight, CblasLower, CblasTrans, CblasNonUnit, 1, &corner.matrix,
                       &rows.matrix);
        if (gsl_linalg_cholesky_invert(&block.matrix) != GSL_SUCCESS)
            return false;
        for (size_t k = 0; k < block.matrix.size1; k++) {
            gsl_vector_view row = gsl_matrix_row(&rows.matrix, k);
            double          added = 0;
            gsl_blas_ddot(&row.vector, &row.vector, &added);
            diagonal[held->design->blocks[b] + k] = gsl_matrix_get(&block.matrix, k, k) + added;
        }
    }
    return gsl_linalg_cholesky_invert(&corner.matrix) == GSL_SUCCESS;
}
