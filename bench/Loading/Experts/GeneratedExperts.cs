namespace Orchestrator.Bench.Loading.Experts;

/// <summary>Experts of equal size with random weights: what they answer is noise, what they cost is real.</summary>
static class GeneratedExperts
{
    const int TrainedContext = 2048;

    /// <summary>Writes those that are missing or of another size.</summary>
    /// <returns>The files, in order.</returns>
    public static IReadOnlyList<string> Ensure(LoadingOptions options, CancellationToken cancellationToken)
    {
        // A folder for each kind: a server is given the whole folder.
        string folder = Path.GetFullPath(Path.Combine(
            options.Experts, $"{options.Type.Name()}-{options.Megabytes}"));
        Directory.CreateDirectory(folder);
        var block = new Lazy<WeightBlock>(() => new WeightBlock(seed: 1));
        string[] files = [.. Enumerable.Range(0, options.Count).Select(i => Path.Combine(folder, $"expert-{i:00}.gguf"))];
        for (int i = 0; i < files.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Ensure(files[i], i, options, block);
        }
        return files;
    }

    static void Ensure(string file, int seed, LoadingOptions options, Lazy<WeightBlock> block)
    {
        int layers = ExpertShape.Layers(options.Megabytes, options.Type);
        IReadOnlyList<TensorShape> tensors = ExpertShape.Tensors(layers, options.Type);
        using var writer = new GgufHeaderWriter();
        byte[] header = writer.Write(
            ExpertShape.Metadata(Path.GetFileNameWithoutExtension(file), layers, TrainedContext), tensors);
        long length = header.Length + tensors.Sum(tensor => GgufHeaderWriter.Padded(tensor.Bytes));
        if (File.Exists(file) && new FileInfo(file).Length == length)
            return;
        string partial = file + ".part";
        var place = new Random(seed);
        using (FileStream stream = File.Create(partial))
        {
            stream.Write(header);
            foreach (TensorShape tensor in tensors)
            {
                stream.Write(block.Value.Take(tensor, place));
                stream.Write(new byte[GgufHeaderWriter.Padded(tensor.Bytes) - tensor.Bytes]);
            }
            stream.Flush(flushToDisk: true);
        }
        File.Move(partial, file, overwrite: true);
        Console.Error.WriteLine($"wrote {file}: {length / 1e6:0} MB");
    }
}
