using Orchestrator.Bench.Loading.Experts;

namespace Orchestrator.Bench.Thoughts.Scaling;

/// <summary>Writes a model of random weights piece by piece: what it says is noise, what it costs is real.</summary>
static class GeneratedModel
{
    const int TrainedContext = 2048;

    /// <summary>Weights of a piece.</summary>
    const int Piece = 1 << 21;

    static readonly Lazy<WeightBlock> Weights = new(() => new WeightBlock(seed: 1));

    public static void Write(string path, ModelShape shape, CancellationToken cancellationToken)
    {
        var place = new Random(1);
        using var header = new GgufHeaderWriter();
        using FileStream stream = File.Create(path);
        stream.Write(header.Write(shape.Metadata(TrainedContext), shape.Tensors));
        foreach (TensorShape tensor in shape.Tensors)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (TensorShape piece in Pieces(tensor))
                stream.Write(Weights.Value.Take(piece, place));
            if (tensor.Name == "token_embd.weight")
                Silence(stream, tensor);
            stream.Write(new byte[GgufHeaderWriter.Padded(tensor.Bytes) - tensor.Bytes]);
        }
    }

    static IEnumerable<TensorShape> Pieces(TensorShape tensor)
    {
        if (tensor.Rows is not { } rows)
            return [tensor];
        int most = Piece / tensor.Inputs;
        return Enumerable.Range(0, (rows + most - 1) / most).Select(i => tensor with { Rows = Math.Min(most, rows - (i * most)) });
    }

    /// <summary>What is no character of its own is never written: else an answer could end early, or its tokens be held back.</summary>
    static void Silence(FileStream stream, TensorShape embedding)
    {
        long end = stream.Position;
        byte[] nothing = new byte[embedding.Bytes / embedding.Rows!.Value];
        foreach (int token in Enumerable.Range(0, ExpertShape.Vocabulary).Where(token => !ExpertShape.IsWritten(token)))
        {
            stream.Position = end - embedding.Bytes + ((long)token * nothing.Length);
            stream.Write(nothing);
        }
        stream.Position = end;
    }
}
