using System.Diagnostics;

namespace Orchestrator.Aggregator.MixtureOfThoughts.Attention;

/// <summary>Rows of the latent space, one for each token, while nobody knows yet how many there will be. Used by one thread at a time.</summary>
/// <param name="latent">Numbers of one row.</param>
sealed class LatentRows(int latent)
{
    /// <summary>Tokens of one piece. Pieces are never copied to grow, which would take both copies at once.</summary>
    const int PieceTokens = 64;

    readonly List<float[]> _pieces = [];

    public long Bytes => _pieces.Count * (long)PieceTokens * latent * sizeof(float);

    /// <summary>What <see cref="Bytes"/> will be for so many tokens.</summary>
    public static long BytesOf(int latent, int tokens) =>
        (tokens + PieceTokens - 1L) / PieceTokens * PieceTokens * latent * sizeof(float);

    /// <summary>The row of a token; of the next one too, which then is one.</summary>
    public Span<float> this[int token]
    {
        get
        {
            if (token / PieceTokens == _pieces.Count)
                _pieces.Add(new float[PieceTokens * latent]);
            return _pieces[token / PieceTokens].AsSpan(token % PieceTokens * latent, latent);
        }
    }

    /// <summary>The rows by dimension: the numbers of one for all tokens together. The rows are let go.</summary>
    public float[] Turn(int tokens)
    {
        Debug.Assert(tokens <= _pieces.Count * PieceTokens);
        var turned = new float[latent * tokens];
        for (int token = 0; token < tokens; token++)
        {
            Span<float> row = this[token];
            for (int i = 0; i < latent; i++)
                turned[(i * tokens) + token] = row[i];
        }

        _pieces.Clear();
        return turned;
    }
}
