using System.ComponentModel.DataAnnotations;
using System.Numerics.Tensors;
using Orchestrator.Router.Embedding.Lsa;

namespace Orchestrator.Router.Embedding;

/// <summary>
/// Latent semantic analysis: TF-IDF of words, pairs of words and runs of characters, projected to the directions that the
/// fitted texts vary in most. Texts that share no word can be near when their words occur together elsewhere.
/// Safe for concurrent use. A fit is the same for the same texts, options and width of vector unit.
/// </summary>
public sealed class LsaEmbedder : IEmbedder
{
    readonly LsaModel _model;
    readonly FeatureTable _table;

    /// <summary>One a thread that embeds at the same time, kept.</summary>
    readonly System.Collections.Concurrent.ConcurrentBag<FeatureWeights> _readers = [];

    LsaEmbedder(LsaModel model)
    {
        _model = model;
        _table = new FeatureTable(model.Vocabulary.Hashes);
        Id = $"lsa-{model.Projection.Dimensions}-{model.Hash}";
    }

    public string Id { get; }

    public int Dimensions => _model.Projection.Dimensions;

    /// <summary>Hash of the texts and options it was fitted with: tells whether a saved one is still the one wanted.</summary>
    public string Source => _model.Source;

    /// <summary>Words, pairs of words and runs of characters that it knows.</summary>
    public int Features => _model.Vocabulary.Hashes.Length;

    /// <summary>Of its tables, in memory.</summary>
    public long Bytes => _table.Bytes + _model.Projection.Codes.LongLength + (16L * Features);

    /// <summary>
    /// Takes some seconds for thousands of texts. No texts give an embedder that knows nothing: every vector is zero.
    /// </summary>
    /// <exception cref="ValidationException">An option is out of range.</exception>
    public static LsaEmbedder Fit(IReadOnlyList<string> texts, LsaOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        options ??= LsaOptions.Default;
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        return new LsaEmbedder(LsaModel.Fit(texts, options));
    }

    /// <summary>What <see cref="Source"/> would be, without the work of a fit.</summary>
    public static string SourceOf(IReadOnlyList<string> texts, LsaOptions options) => LsaModel.SourceOf(texts, options);

    /// <exception cref="EmbedderFileException">
    /// It is no whole file of a fitted embedder; the message says what is wrong.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static LsaEmbedder Load(string path) => new(LsaFile.Read(path));

    /// <summary>Replaces the file in one step.</summary>
    /// <exception cref="IOException">The folder is missing or cannot be written.</exception>
    public void Save(string path) => LsaFile.Write(path, _model);

    public ValueTask<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default) =>
        InProcess.Embed(texts, Embed, cancellationToken);

    /// <returns>A unit vector; zero for a text of which nothing is known.</returns>
    public float[] Embed(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var vector = new float[Dimensions];
        Embed(text, vector);
        return vector;
    }

    /// <summary>The same without allocation.</summary>
    /// <param name="text">Only its beginning is read when it is longer than the options allow.</param>
    /// <param name="vector"><see cref="Dimensions"/> long; overwritten.</param>
    public void Embed(ReadOnlySpan<char> text, Span<float> vector)
    {
        if (vector.Length != Dimensions)
            throw new ArgumentException($"The vector has {vector.Length} dimensions; this embedder gives {Dimensions}.", nameof(vector));
        if (!_readers.TryTake(out FeatureWeights? reader))
            reader = new FeatureWeights(Features);
        reader.Read(text[..Math.Min(text.Length, _model.MaxCharacters)], _table, _model.Vocabulary.Idf);
        Span<float> sum = stackalloc float[_model.Projection.Stride];
        sum.Clear();
        _model.Projection.Add(reader.Rows, reader.Weights, sum);
        _readers.Add(reader);
        sum = sum[..vector.Length];
        float norm = TensorPrimitives.Norm<float>(sum);
        if (norm > 0)
            TensorPrimitives.Divide(sum, norm, vector);
        else
            vector.Clear();
    }
}
