using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Orchestrator.Jobs.Retrieval.Data;

/// <summary>Reads the files of a collection line by line, compressed (<c>.gz</c>) or not, and gathers what is wrong with them.</summary>
sealed class CollectionLines
{
    /// <summary>A file of another kind is wrong on every line.</summary>
    const int MostProblems = 20;

    public List<string> Problems { get; } = [];

    /// <returns>The file of one of these names that is there, the first of them; null when there is none.</returns>
    public static string? Find(string folder, params IEnumerable<string> names) =>
        names.SelectMany(name => new[] { name, name + ".gz" }).Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Lines that are not blank, each read as one thing; what cannot be read is a problem and left out.</summary>
    /// <param name="read">Gets a line and its number, from 1; throws <see cref="FormatException"/> with what is wrong.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public List<T> Read<T>(string path, Func<string, int, T?> read)
        where T : class
    {
        var items = new List<T>();
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
        using Stream plain = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(plain, Encoding.UTF8);
        int number = 0;
        try
        {
            while (reader.ReadLine() is { } line && Problems.Count < MostProblems)
            {
                number++;
                if (!string.IsNullOrWhiteSpace(line) && One(path, line, number, read) is { } item)
                    items.Add(item);
            }
        }
        catch (InvalidDataException damaged)
        {
            Problems.Add($"{path}: the compressed file is damaged after line {number} ({damaged.Message})");
        }
        return items;
    }

    /// <exception cref="CorpusException">Something was wrong.</exception>
    public void ThrowIfAny()
    {
        if (Problems.Count > 0)
            throw new CorpusException(Problems);
    }

    T? One<T>(string path, string line, int number, Func<string, int, T?> read)
        where T : class
    {
        try
        {
            return read(line, number);
        }
        catch (Exception problem) when (problem is JsonException or FormatException)
        {
            Problems.Add($"{path}, line {number}: {Describe(problem)}");
            return null;
        }
    }

    /// <summary>The parser counts lines within its text, which is one line of the file: its own count would mislead.</summary>
    static string Describe(Exception problem) => problem is JsonException json
        ? $"not the JSON wanted here, at {json.Path ?? "$"}: {json.Message.Split(" Path: ")[0]}"
        : problem.Message;
}
