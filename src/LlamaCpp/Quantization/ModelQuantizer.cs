using System.ComponentModel.DataAnnotations;
using Orchestrator.LlamaCpp.Models;
using Orchestrator.LlamaCpp.Native;

namespace Orchestrator.LlamaCpp.Quantization;

/// <summary>Makes smaller variants of a model file.</summary>
public static class ModelQuantizer
{
    /// <summary>By ggml's number: F32, F16, BF16, F64 and the integers; every other type of tensor is quantised.</summary>
    static readonly int[] Unquantized = [0, 1, 24, 25, 26, 27, 28, 30];

    /// <summary>
    /// Writes the target under another name beside it and renames it when it is complete. A hostile source can end the
    /// process: judge its header first.
    /// </summary>
    /// <param name="cancellationToken">
    /// llama.cpp cannot be interrupted in this: cancelling ends the wait and removes the file, but the work goes on in the
    /// background until it is done or the process ends.
    /// </param>
    /// <exception cref="QuantizationException">The source or the target will not do, or llama.cpp failed; the message says why.</exception>
    /// <exception cref="ValidationException">An option is out of range.</exception>
    public static async Task<QuantizedFile> QuantizeAsync(
        LlamaRuntime runtime, string source, string target, QuantizationType type, QuantizationOptions options,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(options);
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        cancellationToken.ThrowIfCancellationRequested();
        CheckSource(source, options.AllowRequantize);
        CheckTarget(source, target, options.Overwrite);
        var parameters = LlamaApi.QuantizeDefaultParams();
        parameters.FileType = type.FileType;
        parameters.Threads = options.Threads == 0 ? runtime.Threads.Limit : options.Threads;
        parameters.AllowRequantize = options.AllowRequantize ? (byte)1 : (byte)0;
        var unfinished = $"{target}.{Guid.NewGuid():N}.tmp";
        var work = Task.Factory.StartNew(
            () => Quantize(source, unfinished, parameters), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            await work.WaitAsync(cancellationToken);
            File.Move(unfinished, target, options.Overwrite);
        }
        catch (IOException exception)
        {
            throw new QuantizationException($"'{target}' cannot be written: {exception.Message}", exception);
        }
        finally
        {
            File.Delete(unfinished);
            // It may not even have made its file yet.
            if (!work.IsCompleted)
                _ = work.ContinueWith(_ => File.Delete(unfinished), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
        return new QuantizedFile(target, type, new FileInfo(source).Length, new FileInfo(target).Length);
    }

    static void Quantize(string source, string target, QuantizeParams parameters)
    {
        var listener = new LoadListener();
        if (NativeLog.Listen(listener.Hear, () => LlamaApi.Quantize(source, target, parameters)) == 0)
            return;
        var reason = listener.Reason.Length > 0 ? listener.Reason : "llama.cpp gives no reason";
        throw new QuantizationException($"llama.cpp cannot quantise '{source}': {reason}.");
    }

    static void CheckSource(string source, bool allowRequantize)
    {
        try
        {
            using var header = GgufInspection.Open(source);
            if (header.TextOf("general.type") is { } kind and not "model")
                throw new QuantizationException($"'{source}' is no model (general.type is '{kind}').");
            if (header.TypeOf("split.count") is not null)
                throw new QuantizationException($"'{source}' is a model in several files; merge them first.");
            if (!allowRequantize && header.Tensors().FirstOrDefault(tensor => !Unquantized.Contains(tensor.Type)) is { } tensor)
            {
                throw new QuantizationException($"'{source}' is quantised already (its tensor '{tensor.Name}'). Take the original, "
                    + "or give --allow-requantize and lose quality twice.");
            }
        }
        catch (ModelLoadException exception)
        {
            throw new QuantizationException(exception.Message, exception);
        }
    }

    static void CheckTarget(string source, string target, bool overwrite)
    {
        var path = Path.GetFullPath(target);
        if (path == Path.GetFullPath(source))
            throw new QuantizationException($"'{target}' is the source itself.");
        if (Directory.Exists(path))
            throw new QuantizationException($"'{target}' is a folder.");
        if (!Directory.Exists(Path.GetDirectoryName(path)))
            throw new QuantizationException($"There is no folder '{Path.GetDirectoryName(path)}' to write to.");
        if (!overwrite && File.Exists(path))
            throw new QuantizationException($"'{target}' exists; give --overwrite to replace it.");
    }
}
