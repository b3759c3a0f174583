namespace Orchestrator.Bench.Loading.Experts;

/// <summary>Experts of equal size with random weights: what they answer is noise, what they cost is real.</summary>
static class GeneratedExperts
{
    const int TrainedContext = 2048;

    /// <summary>Writes those that are missing or of another size.</summary>
    /// <returns>The files, in order.</returns>
    public static IReadOnlyList<string> Ensure(string folder, int count, int megabytes, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var block = new Lazy<WeightBlock>(() => new WeightBlock(seed: 1));
        string[] files = [.. Enumerable.Range(0, count).Select(i => Path.GetFullPath(Path.Combine(folder, $"expert-{i:00}.gguf")))];
        for (int i = 0; i < count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Ensure(files[i], i, ExpertShape.Layers(megabytes), block);
        }
        return files;
    }

    static void Ensure(string file, int seed, int layers, Lazy<WeightBlock> block)
    {
        IReadOnlyList<TensorShape> tensors = ExpertShape.Tensors(layers);
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
