# What amicus prints, kept in a file for each topic; see run.py.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
file(GLOB golden_files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/commands/*.golden)
foreach(file ${golden_files})
    get_filename_component(name ${file} NAME_WE)
    add_test(NAME golden.${name}
        COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_SOURCE_DIR}/run.py $<TARGET_FILE:amicus_cli> ${file})
    set_tests_properties(golden.${name} PROPERTIES TIMEOUT 300)
endforeach()
