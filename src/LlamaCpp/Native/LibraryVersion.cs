using System.Runtime.CompilerServices;

namespace Orchestrator.LlamaCpp.Native;

/// <summary>
/// The one llama.cpp version this binding was written for. Its structs change between releases and carry no size, so
/// both the version and the defaults that come back through those structs must be as expected.
/// </summary>
static unsafe class LibraryVersion
{
    public const string Expected = "0.5.0";

    /// <summary><c>ggml_object</c>, which a graph keeps for each tensor.</summary>
    const int GraphObjectBytes = 32;

    /// <summary>Null when it fits; otherwise what is wrong. A suffix such as <c>-dev</c> does not matter.</summary>
    public static string? Mismatch(string? version, string directory) =>
        version is not null && string.Equals(version.Split('-')[0], Expected, StringComparison.Ordinal)
            ? null
            : $"The libraries in '{directory}' are llama.cpp {version ?? "of an unknown, probably older version"}, this program needs " +
              $"{Expected}. Use the libraries that the build fetches, or build llama.cpp from its tag v{Expected}.";

    /// <summary>Null when the defaults of the 0.5.0 structs come back field by field; otherwise the first that does not.</summary>
    public static string? Mismatch(in ModelParams model, in ContextParams context)
    {
        (string Field, double Actual, double Expected)[] fields =
        [
            ("model.n_gpu_layers", model.GpuLayers, -1),
            ("model.split_mode", model.SplitMode, 1),
            ("model.load_mode", model.LoadMode, -1),
            ("model.lazy_mode", model.LazyMode, 1),
            ("model.main_gpu", model.MainGpu, 0),
            ("model.use_extra_bufts", model.UseExtraBuffers, 1),
            ("model.check_tensors", model.CheckTensors, 0),
            ("model.no_alloc", model.NoAlloc, 0),
            ("context.n_ctx", context.Context, 512),
            ("context.n_batch", context.Batch, 2048),
            ("context.n_ubatch", context.MicroBatch, 512),
            ("context.n_seq_max", context.MaxSequences, 1),
            ("context.n_outputs_max", context.MaxOutputs, 0),
            ("context.n_outputs_max_per_seq", context.MaxOutputsPerSequence, 1),
            ("context.n_threads", context.Threads, 4),
            ("context.flash_attn_type", context.FlashAttention, -1),
            ("context.yarn_beta_slow", context.YarnBetaSlow, -1),
            ("context.defrag_thold", context.DefragThreshold, -1),
            ("context.type_k", context.KeyType, 1),
            ("context.type_v", context.ValueType, 1),
            ("context.offload_kqv", context.OffloadKqv, 1),
            ("context.no_perf", context.NoPerf, 1),
            ("context.swa_full", context.SlidingWindowFull, 1),
            ("context.kv_unified", context.UnifiedKv, 0),
            ("context.ctx_other", context.OtherContext, 0),
        ];
        return Mismatch(fields);
    }

    /// <summary>The same for what quantising takes.</summary>
    public static string? Mismatch(in QuantizeParams quantize) => Mismatch(
    [
        ("quantize.nthread", quantize.Threads, 0),
        ("quantize.ftype", quantize.FileType, 7),
        ("quantize.token_embedding_type", quantize.EmbeddingType, quantize.OutputType),
        ("quantize.allow_requantize", quantize.AllowRequantize, 0),
        ("quantize.quantize_output_tensor", quantize.QuantizeOutput, 1),
        ("quantize.only_copy", quantize.OnlyCopy, 0),
        ("quantize.dry_run", quantize.DryRun, 0),
        ("quantize.imatrix", quantize.ImportanceMatrix, 0),
        ("quantize.prune_layers", quantize.PrunedLayers, 0),
        ("quantize.max_buf_size", quantize.MaxBufferBytes, 8L << 30),
    ]);

    /// <summary>
    /// The same for a node of a graph, which the library makes and this program reads: what <see cref="GraphTensor.Probe"/> gave.
    /// </summary>
    /// <param name="overhead">Bytes of a tensor with what a graph keeps beside it.</param>
    public static string? Mismatch(in GraphTensor probe, nuint overhead) => Mismatch(
    [
        ("tensor.size", overhead, Unsafe.SizeOf<GraphTensor>() + GraphObjectBytes),
        ("tensor.type", probe.Type, GraphTensor.F16),
        ("tensor.buffer", probe.Buffer, 0),
        ("tensor.ne[0]", probe.Shape[0], 5),
        ("tensor.ne[1]", probe.Shape[1], 2),
        ("tensor.ne[3]", probe.Shape[3], 1),
        ("tensor.nb[0]", probe.Strides[0], 2),
        ("tensor.nb[1]", probe.Strides[1], 10),
        ("tensor.nb[3]", probe.Strides[3], 20),
        ("tensor.data", probe.Data, 0),
        ("tensor.name", probe.Name.SequenceEqual("probe"u8) ? 0 : 1, 0),
    ]);

    static string? Mismatch((string Field, double Actual, double Expected)[] fields)
    {
        foreach (var (field, actual, expected) in fields)
        {
            if (actual != expected)
                return $"llama.cpp calls itself {Expected}, but the default of {field} is {actual} instead of {expected}: it was built from other sources.";
        }
        return null;
    }
}
