using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Orchestrator.Router.Feedback;

/// <summary>
/// Verdicts on disk: JSON Lines that are only added to, each on the disk before it counts. One process has it open at a time.
/// </summary>
public sealed class FeedbackFile : IDisposable
{
    static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    readonly FileStream _stream;

    FeedbackFile(FileStream stream) => _stream = stream;

    /// <summary>Opens the file, making it and its folder where there is none.</summary>
    /// <param name="warn">
    /// Gets a sentence for every line that is none and is passed over. A last line without its end was cut off by a crash
    /// before anybody was told that it is kept: it is removed.
    /// </param>
    /// <returns>The file, and its verdicts in the order they came.</returns>
    /// <exception cref="IOException">It cannot be used, or another process has it open.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written.</exception>
    public static (FeedbackFile File, IReadOnlyList<FeedbackRow> Rows) Open(string path, Action<string> warn)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            int whole = Array.LastIndexOf(bytes, (byte)'\n') + 1;
            if (whole < bytes.Length)
            {
                warn($"{path}: the last line was cut off and is removed");
                stream.SetLength(whole);
            }
            stream.Position = whole;
            return (new FeedbackFile(stream), Read(Encoding.UTF8.GetString(bytes, 0, whole), path, warn));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Returns when all are on the disk; none is kept when it fails.</summary>
    /// <exception cref="IOException">They could not be written.</exception>
    public void Append(IEnumerable<FeedbackRow> rows)
    {
        long before = _stream.Position;
        try
        {
            foreach (FeedbackRow row in rows)
            {
                JsonSerializer.Serialize(_stream, row, Format);
                _stream.WriteByte((byte)'\n');
            }
            _stream.Flush(flushToDisk: true);
        }
        catch
        {
            _stream.SetLength(before);
            _stream.Position = before;
            throw;
        }
    }

    public void Dispose() => _stream.Dispose();

    static List<FeedbackRow> Read(string text, string path, Action<string> warn)
    {
        var rows = new List<FeedbackRow>();
        foreach ((int index, string line) in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Index())
        {
            try
            {
                rows.Add(Checked(JsonSerializer.Deserialize<FeedbackRow>(line, Format)));
            }
            catch (Exception wrong) when (wrong is JsonException or FormatException)
            {
                warn($"{path}, line {index + 1}: passed over, {wrong.Message}");
            }
        }
        return rows;
    }

    static FeedbackRow Checked(FeedbackRow? row) => row switch
    {
        null => throw new FormatException("the line is null"),
        { Scores.Count: 0 } => throw new FormatException("it has no score"),
        _ when row.Scores.Values.Any(score => score is not (>= 0 and <= 1)) => throw new FormatException("a score is not in 0…1"),
        _ => row,
    };
}
