using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Gguf;

namespace Orchestrator.Experts.Embedding;

/// <summary>Names the space of an expert's vectors by all that moves a document's vector.</summary>
public static class SpaceName
{
    const int HashLength = 12;

    /// <summary>Stands for the contents of a file that is not there.</summary>
    const string Missing = "missing";

    /// <summary>Id of the expert that embeds the documents of a space; null when it is no name of one.</summary>
    public static string? DocumentsOf(string space) => space.LastIndexOf('@') is > 0 and var at ? space[..at] : null;

    /// <summary>The same space with only the first numbers of its vectors, which is another.</summary>
    public static string Cut(string space, int dimensions) => $"{space}/{dimensions}";

    /// <param name="documents">The expert that embeds the documents of the space.</param>
    public static string Of(ExpertConfig documents, FileHashes files)
    {
        string[] parts = documents.Remote is { } remote
            ? ["remote", remote.Url.TrimEnd('/'), remote.Model, documents.DocumentPrefix]
            :
            [
                "file", Hash(documents.File, files), documents.Adapter is { } adapter ? Hash(adapter, files) : "",
                documents.Adapter is null ? "" : documents.AdapterScale.ToString("R", CultureInfo.InvariantCulture),
                documents.Pooling.ToString(), documents.DocumentPrefix,
            ];
        // With their lengths, so that no two lists of parts read the same.
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(parts.Select(part => $"{part.Length}:{part}"))));
        return $"{documents.Id}@{Convert.ToHexStringLower(hash)[..HashLength]}";
    }

    static string Hash(string file, FileHashes files)
    {
        try
        {
            return files.Sha256(file) ?? Missing;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // Its expert is quarantined, which says why.
            return Missing;
        }
    }
}
