import ArgumentParser

/// The command as a whole.
struct Layerctl: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "layerctl",
        abstract: "A daemonless layer store and container-image tool.",
        discussion: """
            Wherever IMAGE|FILE stands, a docker-archive, an OCI layout or an OCI archive (plain or compressed, FILE:REF or FILE:@N for one \
            image of several, - for the standard input) serves as well as a name of the store.

            Exit status: 0 done, 1 failure, 2 usage, 3 not found, 4 conflict, 5 corrupt input or store, 6 findings of audit --fail-on.
            """,
        version: "0.1.0",
        subcommands: [
            HistoryCommand.self,
            LoadCommand.self,
            SaveCommand.self,
            VerifyCommand.self,
            CheckCommand.self,
            ConvertCommand.self,
            SquashCommand.self,
            ImportCommand.self,
            AppendCommand.self,
            MutateCommand.self,
            RebaseCommand.self,
            StripCommand.self,
            CopyImagesCommand.self,
            ImagesCommand.self,
            InspectCommand.self,
            TagCommand.self,
            RemoveImageCommand.self,
            CollectCommand.self,
            CreateCommand.self,
            ProcessStatusCommand.self,
            RenameCommand.self,
            RemoveContainerCommand.self,
            MountCommand.self,
            UnmountCommand.self,
            UnshareCommand.self,
            BundleCommand.self,
            RunCommand.self,
            StartCommand.self,
            ExecCommand.self,
            StopCommand.self,
            KillCommand.self,
            WaitCommand.self,
            LogsCommand.self,
            DiffCommand.self,
            CommitCommand.self,
            ExportCommand.self,
            CopyCommand.self,
            ListFilesCommand.self,
            CatCommand.self,
            FindCommand.self,
            TreeUsageCommand.self,
            BlameCommand.self,
            LogCommand.self,
            WasteCommand.self,
            AuditCommand.self,
            ReportCommand.self,
            BenchCommand.self,
            PutCommand.self,
            LayersCommand.self,
            InfoCommand.self,
            ImageGroup.self,
            ContainerGroup.self,
            VolumeGroup.self,
            SystemGroup.self,
        ]
    )
}

/// `layerctl image …`: the verbs of images under their noun.
struct ImageGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "image",
        abstract: "Manage images.",
        subcommands: [
            HistoryCommand.self, ImageInspectCommand.self, LoadCommand.self, ImageListCommand.self,
            ImagePruneCommand.self, ImageRemoveCommand.self, SaveCommand.self, TagCommand.self,
        ]
    )
}

/// `layerctl container …`: the verbs of containers under their noun.
struct ContainerGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "container",
        abstract: "Manage containers.",
        subcommands: [
            CommitCommand.self,
            CopyCommand.self,
            CreateCommand.self,
            DiffCommand.self,
            ExecCommand.self,
            ExportCommand.self,
            ContainerInspectCommand.self,
            KillCommand.self,
            LogsCommand.self,
            ContainerListCommand.self,
            ContainerPruneCommand.self,
            ContainerRemoveCommand.self,
            RenameCommand.self,
            RunCommand.self,
            StartCommand.self,
            StopCommand.self,
            WaitCommand.self,
        ]
    )
}
