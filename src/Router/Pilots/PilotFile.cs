using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Router.Pilots;

/// <summary>
/// A library on disk: one JSON object with version, space, base and floor, and a line for each pilot, so that a changed one
/// reads as such in a diff. The same library always gives the same bytes, and comes back bit by bit.
/// </summary>
public static class PilotFile
{
    const int Version = 1;

    static readonly JsonSerializerOptions Format = OutcomeLines.Format;

    /// <exception cref="PilotFileException">It is no library of pilots; all that is wrong is named with its line or pilot.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PilotLibrary Read(string path) => Parse(File.ReadAllText(path, Encoding.UTF8), path);

    /// <param name="name">What the text is called in errors.</param>
    /// <exception cref="PilotFileException">As for a file.</exception>
    public static PilotLibrary Parse(string text, string name)
    {
        try
        {
            Library library = JsonSerializer.Deserialize<Library>(text, Format) ?? throw new FormatException("there is null instead of a library");
            if (library.Version != Version)
                throw new FormatException($"format version {library.Version} is not known; this program reads version {Version}");
            return Of(library, name);
        }
        catch (JsonException problem)
        {
            throw new PilotFileException([$"{name}, line {problem.LineNumber + 1}{Place(problem.Path)}: not the JSON wanted here: {problem.Message.Split(" Path: ")[0]}"]);
        }
        catch (FormatException problem)
        {
            throw new PilotFileException([$"{name}: {problem.Message}"]);
        }
    }

    /// <summary>Replaces the file in one step: a reader sees the old library or the new one, and so does a crash.</summary>
    /// <exception cref="IOException">The folder is missing or cannot be written.</exception>
    public static void Write(string path, PilotLibrary library) => WholeFile.Replace(path, writer => Write(writer, library));

    public static void Write(TextWriter writer, PilotLibrary library)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(library);
        string head = JsonSerializer.Serialize(new Library(Version, library.Space, library.Base, library.Floor, []), Format);
        writer.Write(head[..^2]);
        writer.Write(string.Concat(library.Pilots.Select((pilot, i) => $"{(i > 0 ? "," : "")}\n{JsonSerializer.Serialize(Line.Of(pilot), Format)}")));
        writer.Write("\n]}\n");
    }

    static PilotLibrary Of(Library library, string name)
    {
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(library.Space)) problems.Add($"{name}: the space is empty");
        if (string.IsNullOrWhiteSpace(library.Base)) problems.Add($"{name}: the base is empty");
        if (library.Floor is < -1 or > 1 or double.NaN) problems.Add($"{name}: the floor is {library.Floor}, but must be a cosine from -1 to 1");
        problems.AddRange(library.Pilots.Index().Where(line => line.Item is null).Select(line => $"{name}, pilot {line.Index + 1}: it is null"));
        Pilot[] pilots = [.. library.Pilots.OfType<Line>().Select(line => line.Pilot)];
        problems.AddRange(pilots.SelectMany((pilot, i) =>
            PilotLibrary.ProblemsOf(pilot, pilots[0].Vector.Length).Select(problem => $"{name}, pilot {i + 1}: it {problem}")));
        return problems.Count == 0
            ? new PilotLibrary(library.Space, library.Base, pilots) { Floor = library.Floor }
            : throw new PilotFileException(problems);
    }

    /// <summary>Turns <c>$.pilots[3].vector</c> into words.</summary>
    static string Place(string? path) =>
        path is not null && path.IndexOf('[', StringComparison.Ordinal) is var open and >= 0
        && path.IndexOf(']', open) is var close and > 0
        && int.TryParse(path[(open + 1)..close], out int index) && path.StartsWith("$.pilots", StringComparison.Ordinal)
            ? $", pilot {index + 1}" : "";

    sealed record Library(
        [property: JsonRequired] int Version, [property: JsonRequired] string Space, [property: JsonRequired] string Base,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Floor,
        [property: JsonRequired] IReadOnlyList<Line?> Pilots);

    sealed record Line(
        [property: JsonRequired] string Domain, [property: JsonRequired] string Expert, [property: JsonRequired] int Queries,
        [property: JsonRequired] float[] Vector)
    {
        [JsonIgnore]
        public Pilot Pilot => new(Domain, Expert, Vector, Queries);

        public static Line Of(Pilot pilot) => new(pilot.Domain, pilot.Expert, pilot.Queries, pilot.Vector);
    }
}
