using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

// Every native struct below is blittable and passed as it lies in memory.
[assembly: DisableRuntimeMarshalling]

namespace Orchestrator.LlamaCpp.Native;

/// <summary><c>llama_model_params</c> of llama.cpp 0.5.0, 80 bytes; C booleans are bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct ModelParams
{
    /// <summary><see cref="LoadMode"/>: the weights are read into memory of their own.</summary>
    public const int LoadRead = 0;

    /// <summary><see cref="LoadMode"/>: the weights are the mapped file.</summary>
    public const int LoadMapped = 1;

    public nint Devices;
    public nint TensorBufferOverrides;
    public int GpuLayers;
    public int SplitMode;
    public int LoadMode;
    public int LazyMode;
    public int MainGpu;
    public nint TensorSplit;
    public delegate* unmanaged[Cdecl]<float, nint, byte> Progress;
    public nint ProgressState;
    public nint KeyOverrides;
    public byte VocabularyOnly;
    public byte CheckTensors;
    public byte UseExtraBuffers;
    public byte NoHost;
    public byte NoAlloc;
    public byte LoadMtp;
}

/// <summary><c>llama_context_params</c> of llama.cpp 0.5.0, 160 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
struct ContextParams
{
    /// <summary><see cref="FlashAttention"/>: never; the default lets llama.cpp decide.</summary>
    public const int NoFlashAttention = 0;

    /// <summary><see cref="KeyType"/>, <see cref="ValueType"/>: <c>GGML_TYPE_F32</c>; the default is F16.</summary>
    public const int Single = 0;

    public uint Context;
    public uint Batch;
    public uint MicroBatch;
    public uint MaxSequences;
    public uint RecurrentSnapshots;
    public uint MaxOutputs;
    public uint MaxOutputsPerSequence;
    public int Threads;
    public int BatchThreads;
    public int ContextType;
    public int RopeScaling;
    public int Pooling;
    public int Attention;
    public int FlashAttention;
    public float RopeFrequencyBase;
    public float RopeFrequencyScale;
    public float YarnExtension;
    public float YarnAttention;
    public float YarnBetaFast;
    public float YarnBetaSlow;
    public uint YarnOriginalContext;
    public float DefragThreshold;
    public nint EvalCallback;
    public nint EvalState;
    public int KeyType;
    public int ValueType;
    public nint AbortCallback;
    public nint AbortState;
    public byte Embeddings;
    public byte OffloadKqv;
    public byte NoPerf;
    public byte OpOffload;
    public byte SlidingWindowFull;
    public byte UnifiedKv;
    public nint Samplers;
    public nuint SamplerCount;
    public nint OtherContext;
}

/// <summary><c>llama_model_quantize_params</c> of llama.cpp 0.5.0, 64 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
struct QuantizeParams
{
    public int Threads;
    public int FileType;
    public int OutputType;
    public int EmbeddingType;
    public byte AllowRequantize;
    public byte QuantizeOutput;
    public byte OnlyCopy;
    public byte Pure;
    public byte KeepSplit;
    public byte DryRun;
    public nint ImportanceMatrix;
    public nint KeyOverrides;
    public nint TensorOverrides;
    public nint PrunedLayers;
    public nuint MaxBufferBytes;
}

/// <summary><c>llama_batch</c>, 56 bytes, passed by value.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct Batch
{
    public int Count;
    public int* Token;
    public float* Embedding;
    public int* Position;
    public int* SequenceCount;
    public int** SequenceId;
    public sbyte* Output;
}

[StructLayout(LayoutKind.Sequential)]
unsafe struct ChatMessage
{
    public byte* Role;
    public byte* Content;
}

[StructLayout(LayoutKind.Sequential)]
struct SamplerChainParams
{
    public byte NoPerf;
}

/// <summary><c>llama_token_data</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
struct TokenCandidate
{
    public int Token;
    public float Logit;
    public float Probability;
}

/// <summary><c>llama_token_data_array</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct TokenCandidates
{
    public TokenCandidate* Start;
    public nuint Count;
    public long Selected;
    public byte Sorted;
}

/// <summary>Bits of <c>llama_token_attr</c> that the engine looks at.</summary>
[Flags]
enum TokenAttributes
{
    None = 0,
    Unknown = 1 << 0,
    Control = 1 << 3,
    UserDefined = 1 << 4,
    Byte = 1 << 5,
    StripLeft = 1 << 8,
    StripRight = 1 << 9,
}

/// <summary><c>llama_vocab_type</c>.</summary>
enum VocabularyType
{
    None = 0,
    SentencePiece = 1,
    Bpe = 2,
}
